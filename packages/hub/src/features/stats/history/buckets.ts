import { HISTORY_SERIES, type History } from '@porthole/protocol';
import { Figures } from './figures.ts';
import type { Plan } from './levels.ts';
import type { Sample } from './samples.ts';

/** The answer to a question, while it is put together. */
export class Buckets {
  readonly #plan: Plan;
  readonly #buckets: (Figures | undefined)[];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#buckets = new Array(plan.count).fill(undefined);
  }

  /** What is known of the step that begins at `at`. */
  addStep(at: number, figures: Figures): void {
    this.#at(at)?.merge(figures);
  }

  /** A sample counts wherever the time that it stands for does. */
  addSample({ at, weight, values }: Sample): void {
    const { from, step, count } = this.#plan;
    const begin = Math.max(at - weight, from);
    const end = Math.min(at, from + step * count);
    for (let next = Math.floor((begin - from) / step) * step + from; next < end; next += step) {
      const overlap = Math.min(end, next + step) - Math.max(begin, next);
      if (overlap > 0) this.#at(next)?.add(values, overlap);
    }
  }

  result(): History {
    const series: History['series'] = {};
    for (const [index, name] of HISTORY_SERIES.entries()) {
      if (!this.#buckets.some((figures) => (figures?.weights[index] ?? 0) > 0)) continue;
      const pick = (part: 'means' | 'highs') =>
        this.#buckets.map((figures) => ((figures?.weights[index] ?? 0) > 0 ? (figures?.[part][index] ?? null) : null));
      series[name] = { mean: pick('means'), high: pick('highs') };
    }
    return { from: this.#plan.from, step: this.#plan.step, series };
  }

  #at(moment: number): Figures | undefined {
    const index = Math.floor((moment - this.#plan.from) / this.#plan.step);
    if (index < 0 || index >= this.#plan.count) return undefined;
    this.#buckets[index] ??= new Figures();
    return this.#buckets[index];
  }
}
