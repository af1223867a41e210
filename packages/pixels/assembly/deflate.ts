import { alignBits, beginBits, writeAt } from './bits';
import { storedBytes, writeBlock, writeStored } from './block';
import { beginInput, endInput, findMatches, prepareMatcher } from './matcher';

// Raw deflate (RFC 1951) for what is small and comes often: there is nothing to be set up or cleared for it. Its speed and
// sizes are those to be compared with zlib's level 1.

const BLOCK: usize = 65_536;
const TABLE_BYTES: usize = 32_768;
/** 8 bytes for every 4 of a block. */
const TOKENS_BYTES: usize = 131_072;

let tokens: usize = 0;
let result: usize = 0;

/** Says where its memory is: 163,840 bytes, then the result. */
export function setDeflate(at: usize): void {
  prepareMatcher(at);
  tokens = at + TABLE_BYTES;
  result = tokens + TOKENS_BYTES;
}

/**
 * Deflates bytes, in rows of `rowLength` (0 for none), and returns how long the result is: never longer than stored, which is
 * 5 bytes more for every 65,535. While it is made it may be longer by 8 bytes for each of these.
 */
export function deflate(from: usize, length: usize, rowLength: usize): usize {
  const end = from + length;
  beginBits(result);
  beginInput(from, rowLength);
  let at = from;
  do {
    const next = min(at + BLOCK, end);
    writeBlock(at, next, tokens, findMatches(at, next, tokens), next === end);
    at = next;
  } while (at < end);
  endInput(end);
  alignBits();
  if (writeAt - result > storedBytes(length)) {
    beginBits(result);
    writeStored(from, length, true);
  }
  return writeAt - result;
}
