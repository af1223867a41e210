/** Within this distance of an edge the view moves, in CSS pixels; the nearer, the faster. */
const ZONE = 32;
/** Pixels per frame at the very edge. */
const FASTEST = 20;

/** How far to move the view along one axis in this frame, for a pointer at `at` in a room of `size`. */
export function edgePan(at: number, size: number): number {
  if (size < ZONE * 3) return 0;
  const low = ZONE - at;
  const high = at - (size - ZONE);
  if (low > 0) return -Math.round((Math.min(low, ZONE) / ZONE) * FASTEST);
  if (high > 0) return Math.round((Math.min(high, ZONE) / ZONE) * FASTEST);
  return 0;
}
