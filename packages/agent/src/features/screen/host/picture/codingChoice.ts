/** The ways to send an area that keeps changing like a film. */
export type Means = 'jpeg' | 'video';

/** What one way costs, per million pixels. */
export interface MeansCost {
  /** Coding on this device, and decoding and painting in the browser, in ms. */
  codeMs: number;
  decodeMs: number;
  bytes: number;
}

/** Before anything was measured: a small machine without a graphics card. */
const FIRST: Record<Means, MeansCost> = {
  jpeg: { codeMs: 9, decodeMs: 10, bytes: 180_000 },
  video: { codeMs: 16, decodeMs: 18, bytes: 40_000 },
};
/** How much one sample counts. */
const WEIGHT = 0.15;
/** Another way must be this much sooner, and the last change this long ago (ms), before it is taken. */
const BETTER = 0.8;
const DWELL_MS = 1_000;

/** Running estimates of what each way costs here, on this link and in this browser, and the choice by them. */
export class CodingChoice {
  readonly #costs: Record<Means, MeansCost> = structuredClone(FIRST);
  #chosen: Means = 'jpeg';
  #chosenAt = Number.NEGATIVE_INFINITY;

  /** What coding `pixels` cost in all, in ms and bytes. What is left out is not known yet. */
  learn(means: Means, pixels: number, cost: Partial<MeansCost>): void {
    if (pixels <= 0) return;
    const known = this.#costs[means];
    for (const part of ['codeMs', 'decodeMs', 'bytes'] as const) {
      const sample = cost[part];
      if (sample !== undefined) known[part] += (sample * (1e6 / pixels) - known[part]) * WEIGHT;
    }
  }

  /** Expected bytes for `pixels`. */
  bytesOf(means: Means, pixels: number): number {
    return (this.#costs[means].bytes * pixels) / 1e6;
  }

  /** Time from a change of `pixels` to its photon, in ms, over a link of `rate` bytes per ms. */
  timeOf(means: Means, pixels: number, rate: number): number {
    const { codeMs, decodeMs, bytes } = this.#costs[means];
    return ((codeMs + decodeMs + bytes / rate) * pixels) / 1e6;
  }

  /** The soonest, not changing its mind for little or all the time. */
  choose({ pixels, rate, now }: { pixels: number; rate: number; now: number }): Means {
    const other = this.#chosen === 'jpeg' ? 'video' : 'jpeg';
    const isWorth = this.timeOf(other, pixels, rate) < this.timeOf(this.#chosen, pixels, rate) * BETTER;
    if (isWorth && now - this.#chosenAt >= DWELL_MS) {
      this.#chosen = other;
      this.#chosenAt = now;
    }
    return this.#chosen;
  }
}
