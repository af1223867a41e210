import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '../../base/db/storageError.ts';
import type { OutputRecord } from './outputRecord.ts';
import type { OutputOf, OutputStore } from './outputStore.ts';

/** How often what commands wrote is stored, in ms. */
const STORE_MS = 1_000;

/** Stores what running commands write: now and then, a little at a time, so that nobody else waits for it. */
export class OutputWriter {
  readonly #store: OutputStore;
  readonly #records = new Map<OutputRecord, OutputOf>();
  readonly #timer: NodeJS.Timeout;
  #isStoring = false;
  #isClosed = false;

  constructor(store: OutputStore) {
    this.#store = store;
    this.#timer = setInterval(() => void this.#storeAll(), STORE_MS);
    this.#timer.unref();
  }

  add(record: OutputRecord, of: OutputOf): void {
    this.#records.set(record, of);
  }

  /** Resolves when all of a record that has ended is stored, or the hub stops. What the disk has no room for is tried again. */
  async finish(record: OutputRecord): Promise<void> {
    while (this.#records.has(record) && !this.#isClosed) {
      const result = this.#storeSome(record);
      if (result === 'nothing') break;
      if (result === 'stored') await nextTurn();
      else await sleep(STORE_MS, undefined, { ref: false });
    }
    this.#records.delete(record);
  }

  drop(record: OutputRecord): void {
    this.#records.delete(record);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const record of this.#records.keys()) this.#storeSome(record);
    this.#isClosed = true;
  }

  async #storeAll(): Promise<void> {
    if (this.#isStoring) return;
    this.#isStoring = true;
    for (const record of [...this.#records.keys()]) {
      while (!this.#isClosed && this.#storeSome(record) === 'stored') await nextTurn();
    }
    this.#isStoring = false;
  }

  #storeSome(record: OutputRecord): 'stored' | 'nothing' | 'failed' {
    const of = this.#records.get(record);
    const pieces = record.unstored();
    if (!of || pieces.length === 0) return 'nothing';
    try {
      this.#store.append(of, pieces);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return 'failed';
    }
    record.stored(pieces.length);
    return 'stored';
  }
}
