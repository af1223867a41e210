export const STAGES = ['capture', 'encode', 'relay', 'decode', 'paint', 'total'] as const;
export type Stage = (typeof STAGES)[number];

/** What one picture cost, stage by stage, in ms; the stages add up to the total. */
export type PictureCost = Record<Stage, number>;

export interface ScreenMetrics {
  fps: number;
  /** Thousand bytes a second. */
  kBps: number;
  latency: Record<Stage, { p50: number; p95: number }>;
}

interface Sample {
  at: number;
  bytes: number;
  cost: PictureCost | undefined;
}

/** Window over which the figures are taken, in ms. */
const WINDOW_MS = 3_000;

/** Figures of the last seconds, for the status line. */
export class LatencyMeter {
  readonly #samples: Sample[] = [];

  /** A picture was shown at `at`; `cost` is unknown until the clocks are compared. */
  shown(at: number, bytes: number, cost: PictureCost | undefined): void {
    this.#samples.push({ at, bytes, cost });
    this.#forget(at);
  }

  /** The figures at `now`; null while nothing was shown lately. */
  read(now: number): ScreenMetrics | null {
    this.#forget(now);
    if (this.#samples.length === 0) return null;
    const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
    const costs = this.#samples.flatMap(({ cost }) => cost ?? []);
    const latency = STAGES.map((stage) => [stage, quantiles(costs.map((cost) => cost[stage]))] as const);
    return {
      fps: (this.#samples.length * 1000) / WINDOW_MS,
      kBps: bytes / WINDOW_MS,
      latency: Object.fromEntries(latency) as ScreenMetrics['latency'],
    };
  }

  #forget(now: number): void {
    while (this.#samples[0] && this.#samples[0].at < now - WINDOW_MS) this.#samples.shift();
  }
}

/** Median and 95th percentile; zero for no values. */
export function quantiles(values: number[]): { p50: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
