import type { Folder } from '../backend.ts';

/**
 * One piece of work at a time for each folder, the next as soon as it is over. Not for each name: whether two names are the
 * same file is for the drive to say, on which a and A may be.
 */
export class FolderTurns {
  /** The end of each line; nothing is kept of a folder whose line is empty. */
  readonly #lines = new Map<string, Promise<unknown>>();

  /** Does the work when all that was asked for before is over, whatever came of that. The folder is held until then. */
  async take<T>(folder: Folder, work: () => Promise<T>): Promise<T> {
    const { dev, ino } = await folder.stat();
    const key = `${dev}:${ino}`;
    const before = this.#lines.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#lines.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#lines.get(key) === mine) this.#lines.delete(key);
    }
  }
}
