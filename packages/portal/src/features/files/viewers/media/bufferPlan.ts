/** A part that is there to be played, in seconds. */
export type Span = readonly [start: number, end: number];

/** Seconds that are fetched ahead of what plays. */
const AHEAD = 30;
/** Seconds that are kept behind it. */
const BEHIND = 30;
/** Seconds that may be missing where it should begin: films seldom begin at zero sharp. */
const JUMP = 3;
/** Rounding. */
const SLACK = 0.1;

/** Whether enough is there for now. */
export function hasEnough(spans: readonly Span[], time: number): boolean {
  const span = spans.find(([start, end]) => start <= time + SLACK && time <= end);
  return span !== undefined && span[1] - time >= AHEAD;
}

/** Whether the player can go on from there. */
export function holds(spans: readonly Span[], time: number): boolean {
  return spans.some(([start, end]) => start <= time + SLACK && time < end);
}

/** Up to where what was played may be forgotten; undefined when that is not worth it. */
export function forgettable(spans: readonly Span[], time: number, behind: number = BEHIND): number | undefined {
  const [first] = spans;
  const end = time - behind;
  return first && first[0] < end - 1 ? end : undefined;
}

/** Where to go on when nothing is there at `time`, but right after it. */
export function jumpTarget(spans: readonly Span[], time: number): number | undefined {
  if (holds(spans, time)) return undefined;
  return spans.find(([start]) => start > time && start - time < JUMP)?.[0];
}
