/** Rows that are compared together. */
export const BAND_ROWS = 40;

/**
 * One number for each band of `bandRows` rows (the last may be lower): different pixels, different number, as good as
 * always. Words are pixels, little endian; the top byte does not count. `swap` exchanges the first and the third byte, so
 * that B, G, R, X and R, G, B, A compare. Also runs in pages, so it uses nothing from outside.
 */
export function bandHashes(words: Uint32Array, { width, bandRows, swap }: BandOptions): number[] {
  const hashes: number[] = [];
  const size = width * bandRows;
  for (let from = 0; from < words.length; from += size) {
    const end = Math.min(words.length, from + size);
    let hash = 0x811c9dc5;
    for (let at = from; at < end; at += 1) {
      const word = words[at] ?? 0;
      const colour = swap ? ((word & 0xff) << 16) | (word & 0xff00) | ((word >> 16) & 0xff) : word & 0xffffff;
      hash = Math.imul(hash ^ colour, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hashes.push(hash >>> 0);
  }
  return hashes;
}

export interface BandOptions {
  width: number;
  bandRows: number;
  swap: boolean;
}

export type BandHashes = typeof bandHashes;
