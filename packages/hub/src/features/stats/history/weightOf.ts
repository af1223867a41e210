/** When a sample came, by a clock that never jumps, how often they were asked for then, and over which connection. */
export interface Arrival {
  at: number;
  intervalMs: number;
  link: unknown;
}

/** What a sample stands for that follows on nothing, in ms. */
const ALONE_MS = 1_000;
/** So many intervals late, something was missing in between: the device slept, or was switched off. */
const LATE = 2.5;

/** The time before a sample that it stands for: whole ms since the one before, unless there is a gap between the two. */
export function weightOf(before: Arrival | undefined, now: Arrival): number {
  if (!before || before.link !== now.link) return ALONE_MS;
  const elapsed = now.at - before.at;
  return elapsed > LATE * Math.max(before.intervalMs, now.intervalMs) ? ALONE_MS : Math.max(Math.round(elapsed), 1);
}
