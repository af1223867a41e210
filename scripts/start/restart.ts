/** How a supervised program ended. */
export interface Ending {
  /** Exit status; null when a signal ended it. */
  code: number | null;
  /** It had come up (said that it is ready) before. */
  wasReady: boolean;
  /** Times (ms, any clock) of the endings before this one. */
  earlier: readonly number[];
  now: number;
}

const WINDOW_MS = 60_000;
const LIMIT = 5;
const FIRST_DELAY_MS = 500;

/**
 * Milliseconds to wait before starting it again, or null to give up: after a refusal (it ended by itself before it was
 * ready, so trying again cannot help) and after more than five endings within a minute.
 */
export function restartDelay({ code, wasReady, earlier, now }: Ending): number | null {
  if (!wasReady && code !== null) return null;
  const recent = earlier.filter((at) => now - at < WINDOW_MS).length;
  return recent >= LIMIT ? null : FIRST_DELAY_MS * 2 ** recent;
}
