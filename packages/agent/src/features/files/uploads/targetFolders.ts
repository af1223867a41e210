import { openMaking } from '../change/openMaking.ts';
import type { Scratch } from '../change/scratch.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';
import type { Leftovers } from './leftovers.ts';
import { SharedFolder, type Target } from './sharedFolder.ts';

/** How long a folder that was found is not looked for again, in ms. */
const FRESH_MS = 1_000;
/** Folders that are held open without anybody using them. */
const MAX_KEPT = 16;

/**
 * The folders that whole files are uploaded to. Of many small files most of the work would be finding their folder: one is
 * held open for a moment, and serves all that come to it while it still is where it was.
 */
export class TargetFolders {
  readonly #space: FileSpace;
  readonly #scratch: Scratch;
  readonly #leftovers: Leftovers;
  readonly #kept = new Map<string, SharedFolder>();
  #isClosed = false;

  constructor(space: FileSpace, scratch: Scratch, leftovers: Leftovers) {
    this.#space = space;
    this.#scratch = scratch;
    this.#leftovers = leftovers;
  }

  /** Opens the folder of those names below another, making what is missing. The caller closes it. */
  async open(start: string, names: readonly string[]): Promise<Target> {
    const path = names.reduce(childPath, start);
    const kept = this.#kept.get(path);
    if (kept?.isAt(path)) return kept.lease();
    if (kept) this.#drop(path, kept);
    const target = await openMaking(this.#space, start, names);
    const shared = await this.#share(target);
    const lease = shared.lease();
    // Only where no link was followed does the path alone tell whether it would be found again.
    if (target.path === path && shared.isAt(path) && !this.#isClosed) this.#keep(path, shared);
    else shared.retire();
    return lease;
  }

  close(): void {
    this.#isClosed = true;
    for (const [path, shared] of [...this.#kept]) this.#drop(path, shared);
  }

  async #share(target: OpenFolder): Promise<SharedFolder> {
    try {
      await this.#leftovers.sweep(target.folder);
      return new SharedFolder(target, await this.#scratch.open(target.folder));
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  #keep(path: string, shared: SharedFolder): void {
    this.#kept.get(path)?.retire();
    this.#kept.delete(path);
    const [oldest] = this.#kept;
    if (this.#kept.size >= MAX_KEPT && oldest) this.#drop(...oldest);
    this.#kept.set(path, shared);
    setTimeout(() => this.#drop(path, shared), FRESH_MS).unref();
  }

  #drop(path: string, shared: SharedFolder): void {
    if (this.#kept.get(path) === shared) this.#kept.delete(path);
    shared.retire();
  }
}
