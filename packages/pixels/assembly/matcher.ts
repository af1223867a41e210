import { clearCounts, countLiterals, MAX_LENGTH, prepareTokens, putToken, sumCounts, TOKEN_BYTES } from './tokens';

// Finding what stood in the input before (LZ77): in the row above, or where a hash of 6 bytes was seen last.

const MAX_DISTANCE: u32 = 32_768;
const HASH_BITS: u64 = 13;
const TABLE_BYTES: usize = 4 << (<usize>HASH_BITS);
const PRIME: u64 = ((<u64>0x9e37_79b1) << 32) | 0x85eb_ca87;
/** Where nothing was found for 32 bytes only every second place is looked at, after 32 more every third, up to every eighth. */
const PATIENCE: u32 = 5;
const MAX_STEP: usize = 8;
/** A match with the row above is taken at once when it is so long. */
const GOOD_LENGTH: usize = 16;
/** Bytes that are read at each place. */
const WORD: usize = 8;

/** When each hash was seen last, in bytes of all inputs there were; what was seen in earlier ones is too far away to matter. */
let table: usize = 0;
let seen: u32 = 0;
let begin: usize = 0;
/** How far the row above is; 0 when there is none, or too far. */
let above: usize = 0;
let distance: u32 = 0;

/** Says where the table is: 32,768 bytes. */
export function prepareMatcher(at: usize): void {
  prepareTokens();
  table = at;
  forget();
}

function forget(): void {
  memory.fill(table, 0, TABLE_BYTES);
  seen = 0;
}

/** Begins with another input, whose rows are `rowLength` bytes long; 0 when it has none. */
export function beginInput(from: usize, rowLength: usize): void {
  if (seen > 0xf000_0000) forget();
  // Out of reach of whatever the table holds.
  seen += MAX_DISTANCE + 1;
  begin = from;
  above = rowLength <= <usize>MAX_DISTANCE ? rowLength : 0;
}

export function endInput(end: usize): void {
  seen += <u32>(end - begin);
}

/**
 * Writes a token for each match in the bytes, and counts their symbols and all literals. Returns where the tokens end. They
 * stand for 4 bytes each at least. Reads up to 274 bytes beyond the end, and minds nothing of what is there.
 */
export function findMatches(from: usize, end: usize, tokens: usize): usize {
  clearCounts();
  const rowsFrom = above === 0 ? end : begin + above;
  let at = from;
  let literals = from;
  while (at + WORD <= end) {
    const word = load<u64>(at);
    const back = lookUp(at, word);
    const row = select<u32>(<u32>above, 0, at >= rowsFrom);
    const isAbove = row !== 0 && load<u32>(at - row) === <u32>word;
    if (!isAbove && back === 0) {
      at += min(1 + ((at - literals) >> PATIENCE), MAX_STEP);
      continue;
    }
    const length = min(longest(at, isAbove ? row : 0, back), end - at);
    countLiterals(literals, at);
    putToken(tokens, <u32>(at - literals), <u32>length, distance);
    tokens += TOKEN_BYTES;
    at += length;
    literals = at;
    if (at + WORD <= end) lookUp(at - 1, load<u64>(at - 1));
  }
  countLiterals(literals, end);
  sumCounts();
  return tokens;
}

/** How far back the same 6 bytes were seen, as far as is known; 0 for nowhere. Remembers the place. */
function lookUp(at: usize, word: u64): u32 {
  const slot = table + ((<usize>(((word << 16) * PRIME) >> (64 - HASH_BITS))) << 2);
  const place = seen + <u32>(at - begin);
  const back = place - load<u32>(slot);
  store<u32>(slot, place);
  // Without a branch, since this is hard to foretell: at a distance of 0 there is the word itself.
  const near = select<u32>(back, 0, back <= MAX_DISTANCE);
  return select<u32>(near, 0, (load<u64>(at - near) ^ word) << 16 === 0);
}

/** The length of the longer match of two distances, 0 for none; the distance is kept aside. */
function longest(at: usize, row: u32, back: u32): usize {
  let length: usize = 0;
  distance = row;
  if (row !== 0) length = lengthOf(at, row);
  if (back === 0 || length >= GOOD_LENGTH) return length;
  const other = lengthOf(at, back);
  if (other < length) return length;
  distance = back;
  return other;
}

/** How many bytes are as they were so far before; 4 are known to be. */
function lengthOf(at: usize, distance: usize): usize {
  for (let length: usize = 4; length < MAX_LENGTH; length += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(at + length), v128.load(at + length - distance)));
    if (same !== 0xffff) return min(length + <usize>ctz(~same), MAX_LENGTH);
  }
  return MAX_LENGTH;
}
