const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back a chart looks. */
export const SPANS = { minute: MINUTE, hour: HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const;
export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as Span[];

/** What charts show: the time up to now, or a piece of it that somebody chose. Times in ms since 1970 by the hub's clock. */
export type TimeView = { kind: 'span'; span: Span } | { kind: 'range'; from: number; to: number };

/** Shorter pieces than this show nothing more, in ms. */
const SHORTEST = 10_000;

/** Whether what comes in goes to the end of it. */
export function isLive(view: TimeView): boolean {
  return view.kind === 'span' && (view.span === 'minute' || view.span === 'hour');
}

export function rangeOf(view: TimeView, now: number): { from: number; to: number } {
  return view.kind === 'range' ? view : { from: now - SPANS[view.span], to: now };
}

/** A piece that was marked; never shorter than a few seconds, never in the future, in whole milliseconds. */
export function zoomTo(a: number, b: number, now: number): TimeView {
  const [low, high] = [Math.min(a, b), Math.min(Math.max(a, b), now)];
  const missing = Math.max(0, SHORTEST - (high - low)) / 2;
  const to = Math.min(now, high + missing);
  return { kind: 'range', from: Math.max(0, Math.round(Math.min(low - missing, to - SHORTEST))), to: Math.round(to) };
}

/** Half or twice as much time, around a moment. */
export function zoomBy(view: TimeView, factor: number, around: number, now: number): TimeView {
  const { from, to } = rangeOf(view, now);
  return zoomTo(around - (around - from) * factor, around + (to - around) * factor, now);
}
