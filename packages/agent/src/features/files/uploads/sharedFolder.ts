import type { Held } from '../backend.ts';
import { syncFolder } from '../change/newFile.ts';
import type { Making } from '../change/scratch.ts';
import type { OpenFolder } from '../fileSpace.ts';
import { SharedRun } from './sharedRun.ts';

/** A folder for one file that is about to be made in it. */
export interface Target extends OpenFolder {
  /** A name that nobody else has, for what is in the making. */
  newName(): string;
  /** Makes the names of the folder last; files that finish at the same time share that. */
  sync: () => Promise<void>;
}

/** A folder held open for many files at once: it is closed when it was retired and the last of them is done with it. Owns both. */
export class SharedFolder {
  readonly #target: OpenFolder;
  readonly #making: Making;
  readonly #sync: SharedRun;
  #users = 0;
  #isRetired = false;

  constructor(target: OpenFolder, making: Making) {
    this.#target = target;
    this.#making = making;
    this.#sync = new SharedRun(() => syncFolder(target.folder));
  }

  /** True while it is what the path leads to, without any link. */
  isAt(path: string): boolean {
    return this.#target.folder.whereabouts() === path;
  }

  lease(): Target {
    this.#users++;
    let closing: Promise<void> | undefined;
    const close = () => {
      closing ??= this.#left();
      return closing;
    };
    const { folder, path } = this.#target;
    const newName = () => this.#making.newName();
    const sync = () => this.#sync.join();
    return { folder, path, newName, sync, close, [Symbol.asyncDispose]: close };
  }

  /** Nobody new comes. Idempotent. */
  retire(): void {
    this.#isRetired = true;
    // Nothing was written through these descriptors that closing could lose, and the next start forgets a note that stays.
    if (this.#users === 0) this.#close().catch(() => undefined);
  }

  async #left(): Promise<void> {
    this.#users--;
    if (this.#isRetired && this.#users === 0) await this.#close();
  }

  async #close(): Promise<void> {
    const both: Held[] = [this.#target, this.#making];
    await Promise.all(both.map((each) => each.close()));
  }
}
