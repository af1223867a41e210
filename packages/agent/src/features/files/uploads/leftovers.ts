import { lstat } from 'node:fs/promises';
import { PART_NAME } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { Progress } from '../change/progress.ts';
import { removeTree } from '../change/removeTree.ts';
import type { FileSpace } from '../fileSpace.ts';
import { readFolder } from '../see/readFolder.ts';

/** How long an upload is kept that nobody goes on with, in ms. */
export const KEEP_MS = 24 * 3_600_000;
const SWEEP_MS = 3_600_000;
const MAX_REMEMBERED = 10_000;

/** The name under which the bytes of an upload wait beside their target. */
export function partName(id: string): string {
  return `.porthole-${id}.part`;
}

/** True for a name that was made of this id, or of this id and more behind a `-`. */
export function isPartOf(id: string, name: string): boolean {
  return name === partName(id) || (PART_NAME.test(name) && name.startsWith(`.porthole-${id}-`));
}

/** Removes what uploads and copies of another day left in folders that are written to again; looks into each once an hour at most. */
export class Leftovers {
  readonly #space: FileSpace;
  readonly #swept = new Map<string, number>();

  constructor(space: FileSpace) {
    this.#space = space;
  }

  async sweep(folder: Folder, now: number = Date.now()): Promise<void> {
    const { dev, ino } = await folder.stat();
    const id = `${dev}:${ino}`;
    if (now - (this.#swept.get(id) ?? Number.NEGATIVE_INFINITY) < SWEEP_MS) return;
    if (this.#swept.size >= MAX_REMEMBERED) this.#swept.clear();
    this.#swept.set(id, now);
    for await (const batch of readFolder(folder)) {
      for (const { name } of batch) if (PART_NAME.test(name)) await this.#removeOld(folder, name, now);
    }
  }

  async #removeOld(folder: Folder, name: string, now: number): Promise<void> {
    const stats = await lstat(folder.at(name)).catch(() => undefined);
    if (!stats || now - stats.mtimeMs < KEEP_MS) return;
    // What cannot be removed is somebody else's, and theirs to remove.
    await removeTree(this.#space, { folder, name, path: name }, Progress.silent());
  }
}
