/** A leaf is renewed when less than this is left. */
export const RENEW_BEFORE_MS = 30 * 86_400_000;

export interface LeafFacts {
  /** Ms since 1970. */
  notAfter: number;
  /** Names and addresses on it. */
  covers: ReadonlySet<string>;
  /** Whether the authority in use signed it. */
  ours: boolean;
}

/** True when a new leaf is needed: it ends soon, lacks a name, or comes from another authority. Names too many do no harm. */
export function leafIsStale(leaf: LeafFacts, wanted: readonly string[], now: number): boolean {
  return !leaf.ours || leaf.notAfter - now < RENEW_BEFORE_MS || wanted.some((name) => !leaf.covers.has(name));
}
