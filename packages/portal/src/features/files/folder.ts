import { backoff, type FileEntry, type FilePage, MAX_PAGE, type PortholeError } from '@porthole/protocol';
import { asPortholeError } from '../../base/asPortholeError.ts';
import { type Later, laterByTimer } from '../../base/later.ts';
import { Store } from '../../base/store.ts';

/** A folder as far as it has come. `entries` are in the device's order; the array is new whenever it changes. */
export interface FolderState {
  entries: readonly FileEntry[];
  /** Entries of the whole folder, as far as it is known. */
  total: number;
  /** Whether all of it is here. */
  complete: boolean;
  /** Why it could not be read, or read again; what was read stays. */
  error: PortholeError | undefined;
}

export interface FolderOptions {
  list(page: { after: string | undefined; limit: number }, signal: AbortSignal): Promise<FilePage>;
  /** What the hub says of the device. */
  isOnline(): boolean;
  later?: Later;
}

/** Enough to fill any window, and quick to send. */
const FIRST_PAGE = 500;
/** The least time between two readings of a folder that keeps changing, in ms. */
const PAUSE_MS = 500;
/** A large folder is not read again more often than this many times its own reading takes. */
const PAUSE_FACTOR = 4;

/** A folder that is still coming shows again when it is this many times as long. */
const GROWTH = 1.5;

const UNREAD: FolderState = { entries: [], total: 0, complete: false, error: undefined };

/**
 * The entries of one folder: the first at once, the others as they come. Read again with `refresh`, any number of times:
 * what is shown stays until the new reading is whole.
 */
export class Folder {
  readonly state = new Store<FolderState>(UNREAD);
  readonly #options: FolderOptions;
  readonly #later: Later;
  readonly #abort = new AbortController();
  #reading = false;
  #stale = false;
  #callOff: (() => void) | undefined;
  #callOffRetry: (() => void) | undefined;
  #failures = 0;

  constructor(options: FolderOptions) {
    this.#options = options;
    this.#later = options.later ?? laterByTimer;
    void this.#read();
  }

  /** The folder changed, or may have. */
  refresh(): void {
    if (this.#abort.signal.aborted) return;
    if (this.#reading || this.#callOff) this.#stale = true;
    else void this.#read();
  }

  close(): void {
    this.#abort.abort();
    this.#callOff?.();
    this.#callOff = undefined;
    this.#callOffRetry?.();
    this.#callOffRetry = undefined;
  }

  async #read(): Promise<void> {
    this.#callOffRetry?.();
    this.#callOffRetry = undefined;
    this.#reading = true;
    this.#stale = false;
    const began = performance.now();
    try {
      await this.#readPages();
      this.#failures = 0;
    } catch (error) {
      const reason = asPortholeError(error);
      if (!this.#abort.signal.aborted) this.#failed(reason);
    }
    this.#reading = false;
    if (!this.#abort.signal.aborted) this.#rest(performance.now() - began);
  }

  #failed(reason: PortholeError): void {
    this.state.patch({ error: reason });
    // Online, and yet not to be reached for files: their connection of its own is missing for a while.
    if (reason.code !== 'device.offline' || !this.#options.isOnline()) return;
    this.#callOffRetry = this.#later(() => this.refresh(), backoff(this.#failures++, Math.random()));
  }

  async #readPages(): Promise<void> {
    // The first time every page shows at once; later the old content stays until the new one is whole.
    const first = !this.state.get().complete;
    const entries: FileEntry[] = [];
    let after: string | undefined;
    do {
      const page = await this.#options.list(
        { after, limit: entries.length === 0 ? FIRST_PAGE : MAX_PAGE },
        this.#abort.signal,
      );
      if (this.#abort.signal.aborted) return;
      for (const entry of page.entries) entries.push(entry);
      // A device that never comes to an end must not keep this page busy for ever.
      after = page.entries.length === 0 || page.next === after ? undefined : page.next;
      const complete = after === undefined;
      const total = complete ? entries.length : Math.max(page.total, entries.length);
      // Every state is arranged anew, so a huge folder shows its growth in few steps.
      const grew = entries.length >= this.state.get().entries.length * GROWTH;
      if (complete || (first && grew)) this.state.set({ entries: [...entries], total, complete, error: undefined });
    } while (after !== undefined);
  }

  #rest(tookMs: number): void {
    this.#callOff = this.#later(
      () => {
        this.#callOff = undefined;
        if (this.#stale) void this.#read();
      },
      Math.max(PAUSE_MS, tookMs * PAUSE_FACTOR),
    );
  }
}
