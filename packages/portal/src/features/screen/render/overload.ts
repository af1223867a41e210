/** A picture that waits longer than this to be decoded is given up, in ms. */
export const MAX_AGE_MS = 300;
/** With more pictures than this waiting, the decoder is not merely catching up after a burst ... */
const MAX_WAITING = 3;
/** ... if the oldest waits for this long, in ms. */
const BURST_MS = 100;
/** However young: more than this many are never waited for. */
const MAX_BURST = 32;
/** Largest number of pixels (4 bytes each) held decoded, whatever the size of the display: a display of 8K, twice. */
const MAX_PIXELS = 1 << 26;
/** Rectangles being decoded at the same time; a whole 8K display in images takes some hundreds. */
export const MAX_PENDING_RECTS = 2048;
/** Steps of one picture. */
export const MAX_STEPS = 1 << 17;
/** Pictures kept for a page that does not paint. */
export const MAX_PICTURES = 64;

/**
 * True when decoding is so far behind that starting over shows the present state sooner. A burst after the network
 * hesitated is decoded: starting over would cost a whole picture. `ageMs` is how long the oldest has been waiting.
 */
export function isTooLate({ count, ageMs }: { count: number; ageMs: number }): boolean {
  return ageMs > MAX_AGE_MS || count > MAX_BURST || (count > MAX_WAITING && ageMs > BURST_MS);
}

/** Pixels that may wait to be painted: a few whole pictures, or those of a reasonable display if this one is not. */
export function pixelBudget({ width, height }: { width: number; height: number }): number {
  return Math.min(MAX_PIXELS, width * height * 3 + 65_536);
}
