import { MAX_TILE_PIXELS } from '@porthole/protocol';

/** Where things lie in the module's memory, in bytes. */
export interface KernelLayout {
  width: number;
  height: number;
  shadow: number;
  staged: number;
  /** Results. An index has its colours first, then its indices. */
  output: number;
  indices: number;
  work: number;
  /** Memory to deflate with, then what is deflated. */
  deflate: number;
  deflated: number;
  end: number;
}

const MAX_PIXELS = 8192 * 8192;
const MAX_SIDE = 16_384;
/** Bytes that can be deflated at once: a tile's differences. */
export const MAX_DEFLATE = MAX_TILE_PIXELS * 3;
/** A table, and tokens. */
const DEFLATE_BYTES = 32_768 + 131_072;
/** What a result may be longer than its input while it is made, and what a store may reach beyond it. */
const RESULT_SPARE = 64;
const ALIGNMENT = 64;
const PALETTE_BYTES = 1024;
/** A table of patches and one of shifts, of 8 bytes each: more than an index needs for its colours. */
const PATCH_BYTES = (16_384 + 2048) * 8;
/** Stores of 16 bytes may reach beyond what they mean to write. */
const SPARE = 16;

/** Throws `RangeError` for a display that is empty or larger than 8192 x 8192 pixels in all, or a side than 16,384. */
export function layOut(base: number, width: number, height: number): KernelLayout {
  const pixels = width * height;
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || pixels > MAX_PIXELS || Math.max(width, height) > MAX_SIDE)
    throw new RangeError(`no planes of ${width} x ${height} pixels`);
  const shadow = align(base);
  const staged = align(shadow + pixels * 4);
  const output = align(staged + pixels * 4);
  const indices = output + PALETTE_BYTES;
  const work = align(output + PALETTE_BYTES + pixels * 3 + SPARE);
  const deflate = align(work + Math.max(PATCH_BYTES, voteBytes(Math.max(width, height)), matchBytes(width, height)));
  const deflated = deflate + DEFLATE_BYTES;
  const end = deflated + MAX_DEFLATE + RESULT_SPARE;
  return { width, height, shadow, staged, output, indices, work, deflate, deflated, end };
}

/** A table of at most 4 slots of 8 bytes per line (at least 64); two hashes in each of 16 bands and two votes, of 4 bytes. */
function voteBytes(lines: number): number {
  return Math.max(64, lines * 4) * 8 + lines * (2 * 16 + 2) * 4 + 64;
}

/** Two bytes and a sum of 4 bytes per cell of 32x1 pixels, heights and a stack. */
function matchBytes(width: number, height: number): number {
  const columns = Math.ceil(width / 32);
  return columns * height * 2 + (columns + 1) * (height + 1) * 4 + (columns + 1) * 8 + 64;
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
