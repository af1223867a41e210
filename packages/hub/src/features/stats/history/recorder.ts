import type { StatsSample } from '@porthole/protocol';
import { StorageError } from '../../../base/db/storageError.ts';
import { Cell } from './cell.ts';
import type { HistoryStore } from './historyStore.ts';
import { RAW, STEPS } from './levels.ts';
import { MINUTE } from './samples.ts';
import { sampleValues } from './sampleValues.ts';
import { type Arrival, weightOf } from './weightOf.ts';

/** A sample, and what the hub knows of its coming. `now` is the hub's clock, in ms since 1970; that of the device counts for nothing. */
export interface Recorded extends Arrival {
  deviceId: string;
  now: number;
  sample: StatsSample;
}

/** Rows that wait for the disk to have room again; beyond it the oldest are given up. About a thousand devices for half an hour. */
const MAX_UNSAVED = 60_000;

/**
 * Writes down how devices were. A sample counts once in each fineness, in the row of the moment at which it came, and all rows
 * that grew are written in one transaction: whatever ends the hub, and wherever its clock jumps, nothing counts twice.
 */
export class Recorder {
  readonly #store: HistoryStore;
  /** By device; a handful of each. */
  readonly #cells = new Map<string, Cell[]>();
  readonly #unsaved = new Set<Cell>();
  readonly #arrivals = new Map<string, Arrival>();
  readonly #removed = new Set<string>();

  constructor(store: HistoryStore) {
    this.#store = store;
  }

  record({ deviceId, now, sample, ...arrival }: Recorded): void {
    const at = Math.floor(now);
    const weight = weightOf(this.#arrivals.get(deviceId), arrival);
    this.#arrivals.set(deviceId, arrival);
    const recorded = { at, weight, values: sampleValues(sample) };
    this.#cell(deviceId, RAW, at - (at % MINUTE)).add(recorded, weight);
    for (const step of STEPS) {
      const begin = at - weight;
      for (let start = begin - (begin % step); start < at; start += step) {
        const overlap = Math.min(at, start + step) - Math.max(begin, start);
        this.#cell(deviceId, step, start).add(recorded, overlap);
      }
      // What was busy is told in one step alone: the one that most of the time lies in, or both halves.
      const middle = at - weight / 2;
      if (sample.top) this.#cell(deviceId, step, Math.floor(middle / step) * step).addTop(sample.top);
    }
  }

  /** All that grew or was removed, on disk or not at all. What a full disk has no room for waits for the next time. */
  flush(): void {
    if (this.#unsaved.size === 0 && this.#removed.size === 0) return;
    try {
      this.#store.together(() => {
        for (const deviceId of this.#removed) this.#store.forget(deviceId);
        for (const cell of this.#unsaved) cell.save(this.#store);
      });
      this.#unsaved.clear();
      this.#removed.clear();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#giveUpOldest();
    }
  }

  /** Lets go of rows that nothing will be added to any more; should the clock jump back, they are read again. */
  forgetOld(now: number): void {
    for (const [deviceId, cells] of this.#cells) {
      const growing = cells.filter(
        (cell) => cell.at + Math.max(cell.step, MINUTE) >= now - MINUTE || this.#unsaved.has(cell),
      );
      if (growing.length > 0) this.#cells.set(deviceId, growing);
      else this.#cells.delete(deviceId);
    }
  }

  /** The device was removed, and with the next `flush` all that is known of it. */
  forget(deviceId: string): void {
    this.#arrivals.delete(deviceId);
    for (const cell of this.#cells.get(deviceId) ?? []) this.#unsaved.delete(cell);
    this.#cells.delete(deviceId);
    this.#removed.add(deviceId);
  }

  #cell(deviceId: string, step: number, at: number): Cell {
    const cells = this.#cells.get(deviceId) ?? [];
    if (cells.length === 0) this.#cells.set(deviceId, cells);
    let cell = cells.findLast((known) => known.at === at && known.step === step);
    if (!cell) {
      cell = new Cell(deviceId, step, at);
      cells.push(cell);
    }
    this.#unsaved.add(cell);
    return cell;
  }

  #giveUpOldest(): void {
    for (const cell of this.#unsaved) {
      if (this.#unsaved.size <= MAX_UNSAVED) return;
      this.#unsaved.delete(cell);
    }
  }
}
