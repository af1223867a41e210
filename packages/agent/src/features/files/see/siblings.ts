import { childPath, joinParts, parentPath, splitPath } from '../filePaths.ts';
import type { FileSpace, Spot } from '../fileSpace.ts';

/** An entry's name in a folder that is held open, and its path as shown. */
export type Place = Pick<Spot, 'folder' | 'name' | 'path'>;

/** Finds one entry after the other. Those of one folder find it open: a way of many parts is gone once. Close it when done. */
export class Siblings implements AsyncDisposable {
  readonly #space: FileSpace;
  /** The last one that was looked for from a root on. */
  #found: { spot: Spot; parent: string } | undefined;

  constructor(space: FileSpace) {
    this.#space = space;
  }

  /** The place of an entry, held until the next one is asked for. Throws as `FileSpace.spot`. */
  async find(path: string): Promise<Place> {
    const parts = splitPath(path);
    const [name, parent] = [parts.at(-1), joinParts(parts.slice(0, -1))];
    if (this.#found?.parent === parent && name !== undefined) {
      const { folder, path: sibling } = this.#found.spot;
      return { folder, name, path: childPath(parentPath(sibling), name) };
    }
    await this[Symbol.asyncDispose]();
    const spot = await this.#space.spot(path);
    // A root stands in no folder that is shared.
    this.#found = { spot, parent: spot.name === '' ? '' : parent };
    return spot;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const found = this.#found;
    this.#found = undefined;
    await found?.spot.close();
  }
}
