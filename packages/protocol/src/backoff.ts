/**
 * Delay before the next attempt to connect, in ms: full jitter over an exponentially growing range, 1 s to 30 s, so that a
 * thousand peers do not meet a restarted hub all at once. `attempt` counts from 0; `random` is in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10));
  return Math.round(random * ceiling);
}
