import { readFileSync } from 'node:fs';

/** Clock ticks in a second, as Linux tells them to programs on every architecture. */
export const TICKS = 100;

let first: number | undefined;

/** When the system was started, in ms since 1970 by its clock as it is now. */
export function bootTime(): number {
  const [, seconds] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8')) ?? [];
  return Number(seconds ?? 0) * 1_000;
}

/**
 * When a process was started, in ms since 1970, out of what its `stat` says in ticks. By the clock as it was when this was
 * first asked: a clock that is set later must not make another process of it.
 */
export function startTime(ticks: number): number {
  first ??= bootTime();
  return first + ticks * (1_000 / TICKS);
}
