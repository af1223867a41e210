import { median, percentile } from './statistics.ts';
import type { Sight } from './stripReader.ts';

/** A stretch of time in which the link was of one kind (wall clock, ms). */
export interface Phase {
  name: string;
  from: number;
  to: number;
}

/** Pictures in a row that show that all is well again. */
const CALM = 5;
/** Slack over what is usual, ms: a frame and a half of the display. */
const SLACK_MS = 25;

/** Latency, rate, the oldest picture that was painted and the longest time without a new one. All in ms but fps. */
export function summarize(sights: readonly Sight[], { from, to }: Phase) {
  const within = sights.filter(({ seenAt }) => seenAt >= from && seenAt < to);
  const ages = within.map(({ age }) => age);
  const times = [from, ...within.map(({ seenAt }) => seenAt), to];
  return {
    p50: median(ages),
    p95: percentile(ages, 0.95),
    fps: (within.length / (to - from)) * 1000,
    'oldest painted': within.length > 0 ? Math.max(...ages) : Number.NaN,
    'longest freeze': Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time))),
  };
}

/**
 * Milliseconds from the begin of the phase until pictures are as fresh as they will be in it, several in a row: as usual
 * (`usual` ms), or as in the phase's second half where that is worse. NaN when that never came about.
 */
export function recoveryOf(sights: readonly Sight[], { from, to }: Phase, usual: number): number {
  const within = sights.filter(({ seenAt }) => seenAt >= from && seenAt < to);
  const late = within.filter(({ seenAt }) => seenAt >= (from + to) / 2).map(({ age }) => age);
  const level = Math.max(usual, late.length > 0 ? median(late) : 0) * 1.5 + SLACK_MS;
  const index = within.findIndex((_, start) => {
    const row = within.slice(start, start + CALM);
    return row.length === CALM && row.every(({ age }) => age <= level);
  });
  return (within[index]?.seenAt ?? Number.NaN) - from;
}
