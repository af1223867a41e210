/** Readings closer together than this, in ms, say little: the rates before still hold. */
const SOON_MS = 100;

/** Numbers that a system counts up, by name; each name has as many as the others. */
export type Counters = ReadonlyMap<string, readonly number[]>;

/**
 * Turns counters into rates per second. What appears begins with 0, what vanishes is forgotten, and a counter that jumps back
 * (it overflowed, or its device came anew) counts as 0 for once.
 */
export class Rates {
  #before: Counters | undefined;
  #at = 0;
  #rates = new Map<string, number[]>();

  /** @param now ms of a clock that is never set. */
  update(counters: Counters, now: number): ReadonlyMap<string, readonly number[]> {
    const seconds = (now - this.#at) / 1_000;
    if (this.#before && seconds * 1_000 < SOON_MS) return this.#rates;
    const before = this.#before;
    this.#rates = new Map(
      [...counters].map(([name, values]) => {
        const earlier = before?.get(name);
        return [name, values.map((value, at) => rate(earlier?.[at], value, seconds))];
      }),
    );
    this.#before = counters;
    this.#at = now;
    return this.#rates;
  }
}

function rate(before: number | undefined, now: number, seconds: number): number {
  const gain = now - (before ?? now);
  return gain > 0 && Number.isFinite(gain) && seconds > 0 ? gain / seconds : 0;
}
