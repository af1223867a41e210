/** A keycode that the layout leaves unused, and what it was bound to (0: nothing yet). `usedAt` is monotonic, in ms. */
export interface SpareKey {
  readonly keycode: number;
  keysym: number;
  usedAt: number;
}

/** Programs read the map some time after it changed: a keycode typed this recently must keep its meaning, in ms. */
export const SETTLE_MS = 250;

/** Either a keycode to use now, or how long to wait (ms) until one has settled; undefined when there is no hope. */
export type SpareChoice = { spare: SpareKey } | { waitMs: number } | undefined;

/**
 * Which spare keycode should type `keysym`: the one that does already, else an unbound one, else the one used longest
 * ago, provided it is not down and has settled.
 */
export function chooseSpare(
  spares: readonly SpareKey[],
  keysym: number,
  { held, now }: { held: ReadonlySet<number>; now: number },
): SpareChoice {
  const same = spares.find((spare) => spare.keysym === keysym);
  if (same) return { spare: same };
  const unbound = spares.find((spare) => spare.keysym === 0);
  if (unbound) return { spare: unbound };
  const [oldest] = spares.filter(({ keycode }) => !held.has(keycode)).sort((a, b) => a.usedAt - b.usedAt);
  if (!oldest) return undefined;
  const waitMs = oldest.usedAt + SETTLE_MS - now;
  return waitMs > 0 ? { waitMs } : { spare: oldest };
}
