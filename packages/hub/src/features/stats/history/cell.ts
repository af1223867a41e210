import type { TopProcess } from '@porthole/protocol';
import { Figures } from './figures.ts';
import type { HistoryRow, HistoryStore } from './historyStore.ts';
import { RAW } from './levels.ts';
import { type Sample, Samples } from './samples.ts';
import { decodeTop, encodeTop, mergeTop } from './topProcesses.ts';

/** One row of the history while it grows: all that is in its row on disk, once it was saved, and what came since. */
export class Cell {
  readonly deviceId: string;
  readonly step: number;
  readonly at: number;
  readonly #content: Figures | Samples;
  #top: TopProcess[] = [];
  /** Whether what an earlier one left on disk is in here, too. */
  #isWhole = false;

  constructor(deviceId: string, step: number, at: number) {
    this.deviceId = deviceId;
    this.step = step;
    this.at = at;
    this.#content = step === RAW ? new Samples() : new Figures();
  }

  /** `weight` is the part of the sample's own that falls into this step. */
  add(sample: Sample, weight: number): void {
    if (this.#content instanceof Samples) this.#content.add(sample);
    else this.#content.add(sample.values, weight);
  }

  addTop(top: readonly TopProcess[]): void {
    this.#top = mergeTop(this.#top, top);
  }

  /** Inside of a transaction. When that fails, the next one writes the same again, and nothing twice. */
  save(store: HistoryStore): void {
    if (!this.#isWhole) this.#takeIn(store.find(this.deviceId, this.step, this.at));
    this.#isWhole = true;
    const { step, at } = this;
    store.save(this.deviceId, { step, at, figures: this.#content.encode(), top: encodeTop(this.#top) });
  }

  #takeIn(row: HistoryRow | undefined): void {
    const earlier = row && read(row);
    if (!earlier) return;
    if (this.#content instanceof Samples && earlier.content instanceof Samples) this.#content.merge(earlier.content);
    if (this.#content instanceof Figures && earlier.content instanceof Figures) this.#content.merge(earlier.content);
    this.addTop(earlier.top);
  }
}

/** Undefined for a row that cannot be read, such as one that a damaged disk gave back: it is begun anew, rather than never written again. */
function read({ step, figures, top }: HistoryRow): { content: Figures | Samples; top: TopProcess[] } | undefined {
  try {
    const content = step === RAW ? new Samples(figures) : Figures.decode(figures);
    return { content, top: decodeTop(top) };
  } catch {
    return undefined;
  }
}
