import type { TopProcess } from '@porthole/protocol';
import { Figures } from './figures.ts';
import type { HistoryRow, HistoryStore } from './historyStore.ts';
import { RAW } from './levels.ts';
import { type Sample, Samples } from './samples.ts';
import { orGap } from './stored.ts';
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

  /** What cannot be read is begun anew, rather than never written again. */
  #takeIn(row: HistoryRow | undefined): void {
    if (!row) return;
    const content = this.#content;
    if (content instanceof Samples)
      merge(
        content,
        orGap(() => Samples.decode(row.figures)),
      );
    else
      merge(
        content,
        orGap(() => Figures.decode(row.figures)),
      );
    this.addTop(orGap(() => decodeTop(row.top)) ?? []);
  }
}

function merge<Content extends { merge(earlier: Content): void }>(
  content: Content,
  earlier: Content | undefined,
): void {
  if (earlier) content.merge(earlier);
}
