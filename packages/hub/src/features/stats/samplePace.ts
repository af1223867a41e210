import type { SendingSettings } from '@porthole/protocol';

/** What speaks for samples of a device now. */
export interface Demand {
  /** Somebody looks at it. */
  isWatched: boolean;
  /** A rule for alerts needs its figures. */
  isGuarded: boolean;
  /** It just said that this is not the part of the day for live samples. */
  isResting: boolean;
}

/** How often samples are wanted, in ms, and whether the history keeps them. */
export interface SamplePace {
  intervalMs: number;
  isKept: boolean;
}

/** How often a rule looks where nothing is recorded, in ms. */
const GUARD_MS = 60_000;

/** How the hub wants samples of a device; undefined when it wants none. */
export function samplePace(
  settings: SendingSettings,
  { isWatched, isGuarded, isResting }: Demand,
): SamplePace | undefined {
  const { statsMs, recordMs, onlyWatched } = settings;
  const isLive = (isWatched || !onlyWatched) && !isResting;
  if (isLive) return { intervalMs: recordMs > 0 ? Math.min(statsMs, recordMs) : statsMs, isKept: true };
  if (recordMs > 0) return { intervalMs: recordMs, isKept: true };
  return isGuarded ? { intervalMs: GUARD_MS, isKept: false } : undefined;
}
