import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Retention } from '@porthole/protocol';
import type { Logger } from 'pino';
import { StorageError } from '../../../base/db/storageError.ts';
import { FIRST_PLACE, type HistoryStore, type Place } from './historyStore.ts';
import { levelsOf } from './levels.ts';

/** Deletes what is kept no longer, and what is left of devices that were removed, a little at a time. */
export class Sweeper {
  readonly #store: HistoryStore;
  readonly #log: Logger;
  #isBusy = false;
  #isClosed = false;

  constructor(store: HistoryStore, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** `now` is the hub's clock; undefined while it cannot be trusted, and then nothing is too old. */
  async sweep(retention: Retention, now: number | undefined): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      if (now !== undefined) await this.#expire(retention, now);
      for (const device of this.#store.forgotten()) await this.#sweepDevice(device);
    } catch (error) {
      // A full disk passes; the next round tries again.
      if (!(error instanceof StorageError)) this.#log.error({ err: error }, 'the history could not be swept');
    } finally {
      this.#isBusy = false;
    }
  }

  close(): void {
    this.#isClosed = true;
  }

  async #expire(retention: Retention, now: number): Promise<void> {
    for (const { step, keepMs } of levelsOf(retention)) {
      while (!this.#isClosed && this.#store.expire(step, now - keepMs)) await nextTurn();
    }
  }

  async #sweepDevice(device: number): Promise<void> {
    let place: Place | undefined = FIRST_PLACE;
    while (!this.#isClosed && place) {
      place = this.#store.sweep(device, place);
      await nextTurn();
    }
  }
}
