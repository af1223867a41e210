import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 25;

/**
 * Asks again and again until `check` returns something other than false, null or undefined, and returns that. A check
 * that throws counts as not yet; after `withinMs` the last error, or a sentence naming `what`, is thrown.
 */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  withinMs = 30_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let cause: unknown;
    try {
      const result = await check();
      if (result !== false && result !== null && result !== undefined) {
        return result as Exclude<T, false | null | undefined>;
      }
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`, { cause });
    await sleep(STEP_MS);
  }
}

/** The number that `count` has after at most twice `forMs`, the same for the last `forMs`: what was still under way may arrive before. */
export async function settled(what: string, forMs: number, count: () => number): Promise<number> {
  let before = Number.NaN;
  await eventually(
    what,
    async () => {
      before = count();
      await sleep(forMs);
      return count() === before;
    },
    2 * forMs,
  );
  return before;
}
