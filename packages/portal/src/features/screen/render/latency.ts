import { Coder } from '@porthole/protocol';

export const STAGES = ['capture', 'encode', 'relay', 'network', 'decode', 'paint', 'total'] as const;
export type Stage = (typeof STAGES)[number];

/** What one picture cost, stage by stage, in ms; the stages add up to the total. */
export type PictureCost = Record<Stage, number>;

export interface Quantiles {
  p50: number;
  p95: number;
}

export type CoderName = keyof typeof Coder;

/** Coded bytes, and pixels covered. */
export interface CoderShare {
  bytes: number;
  area: number;
}

export interface ScreenMetrics {
  fps: number;
  /** Thousand bytes a second. */
  kBps: number;
  latency: Record<Stage, Quantiles>;
  coders: Record<CoderName, CoderShare>;
  /** From sending a key to the first picture of a later change, in ms; null while no key was sent lately. */
  keyToPhoton: (Quantiles & { count: number }) | null;
}

const UNKNOWN = { p50: Number.NaN, p95: Number.NaN };

/** The figures of a screen on which nothing changed lately. */
export const NOTHING_SHOWN: ScreenMetrics = {
  fps: 0,
  kBps: 0,
  latency: Object.fromEntries(STAGES.map((stage) => [stage, UNKNOWN])) as ScreenMetrics['latency'],
  coders: Object.fromEntries(
    Object.keys(Coder).map((name) => [name, { bytes: 0, area: 0 }]),
  ) as ScreenMetrics['coders'],
  keyToPhoton: null,
};

export interface ShownPicture {
  /** ms of one monotonic clock. */
  at: number;
  /** All of it on the wire. */
  bytes: number;
  /** Unknown until the clocks are compared. */
  cost: PictureCost | undefined;
  /** By the coder's number. */
  shares: readonly CoderShare[];
  /** Since the key that this picture answers. */
  keyMs?: number | undefined;
}

/** Window over which the figures are taken, in ms. */
const WINDOW_MS = 3_000;
/** Keys are rare: the figures of the last so many count, for so long. */
const KEYS = 100;
const KEYS_MS = 60_000;

/** Figures of the last seconds, for the status line. */
export class LatencyMeter {
  readonly #samples: ShownPicture[] = [];
  readonly #keys: { at: number; ms: number }[] = [];

  shown(picture: ShownPicture): void {
    this.#samples.push(picture);
    if (picture.keyMs !== undefined) this.#keys.push({ at: picture.at, ms: picture.keyMs });
    this.#forget(picture.at);
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
      coders: this.#coders(),
      keyToPhoton: this.#keyToPhoton(),
    };
  }

  #coders(): ScreenMetrics['coders'] {
    const shares = Object.entries(Coder).map(([name, coder]) => {
      const share = { bytes: 0, area: 0 };
      for (const { shares } of this.#samples) {
        share.bytes += shares[coder]?.bytes ?? 0;
        share.area += shares[coder]?.area ?? 0;
      }
      return [name, share] as const;
    });
    return Object.fromEntries(shares) as ScreenMetrics['coders'];
  }

  #keyToPhoton(): ScreenMetrics['keyToPhoton'] {
    const count = this.#keys.length;
    return count === 0 ? null : { ...quantiles(this.#keys.map(({ ms }) => ms)), count };
  }

  #forget(now: number): void {
    while (this.#samples[0] && this.#samples[0].at < now - WINDOW_MS) this.#samples.shift();
    while (this.#keys[0] && (this.#keys.length > KEYS || this.#keys[0].at < now - KEYS_MS)) this.#keys.shift();
  }
}

/** Median and 95th percentile; zero for no values. */
export function quantiles(values: number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
