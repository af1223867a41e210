import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for counters that go by hundredths of a second, short enough to seem at once. */
const FIRST_MS = 250;

/** Reads twice in short order when the reading before is older than `staleMs`, so that rates are of now and not of long ago. */
export function primed<T>(read: () => Promise<T>, staleMs: number): () => Promise<T> {
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const age = performance.now() - readAt;
    if (age > staleMs || age === Number.POSITIVE_INFINITY) {
      await read();
      await sleep(FIRST_MS);
    }
    readAt = performance.now();
    return read();
  };
}
