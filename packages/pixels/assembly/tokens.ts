// What a block of deflate consists of, before it has codes: matches, and the literals before each. A token is two words: how
// many literals come first, and above 20 bits the length of the match; then the match as its symbols, see below.

export const TOKEN_BYTES: usize = 8;
export const LITERAL_COUNT: u32 = 0xf_ffff;
export const MATCH_LENGTH: u32 = 20;

/** The symbol of a length in the low 9 bits, 5 bits extra to it, the symbol of a distance in 5 bits, 13 bits extra to that. */
export const LENGTH_SYMBOL: u32 = 511;
export const LENGTH_EXTRA: u32 = 9;
export const DISTANCE_SYMBOL: u32 = 14;
export const DISTANCE_EXTRA: u32 = 19;

export const END_OF_BLOCK: i32 = 256;
export const MIN_LENGTH: u32 = 3;
export const MAX_LENGTH: u32 = 258;

/** How often each symbol occurs in the block (u32). */
export const literalCounts: usize = memory.data(4 * 288, 16);
export const distanceCounts: usize = memory.data(4 * 32, 16);

/** Literals are counted in four tables, since to count the same one twice in a row takes its time. */
const TABLE_BYTES: usize = 1024;
const tables: usize = memory.data(4 * 1024, 16);
/** For each length from the least, its symbol and what is extra to it. */
const lengthSymbols: usize = memory.data(4 * 256, 16);

/** Fills what is looked up; once. */
export function prepareTokens(): void {
  let length = MIN_LENGTH;
  for (let code: u32 = 0; code < 28; code++) {
    const extra = code < 8 ? 0 : (code >> 2) - 1;
    for (let more: u32 = 0; more < 1 << extra; more++) setLength(length++, (257 + code) | (more << LENGTH_EXTRA));
  }
  setLength(MAX_LENGTH, 285);
}

function setLength(length: u32, symbol: u32): void {
  store<u32>(lengthSymbols + ((<usize>(length - MIN_LENGTH)) << 2), symbol);
}

export function clearCounts(): void {
  memory.fill(tables, 0, 4 * TABLE_BYTES);
  memory.fill(literalCounts, 0, 4 * 288);
  memory.fill(distanceCounts, 0, 4 * 32);
}

/** To be called when all of a block is counted; the end of the block is counted too. */
export function sumCounts(): void {
  for (let at: usize = 0; at < TABLE_BYTES; at += 16) {
    const table = tables + at;
    const first = i32x4.add(v128.load(table), v128.load(table, 1024));
    const second = i32x4.add(v128.load(table, 2048), v128.load(table, 3072));
    v128.store(literalCounts + at, i32x4.add(first, second));
  }
  count(literalCounts, END_OF_BLOCK);
}

export function countLiterals(from: usize, end: usize): void {
  for (; from + 4 <= end; from += 4) {
    const word = load<u32>(from);
    count(tables, word & 255);
    count(tables + TABLE_BYTES, (word >> 8) & 255);
    count(tables + 2 * TABLE_BYTES, (word >> 16) & 255);
    count(tables + 3 * TABLE_BYTES, word >> 24);
  }
  for (; from < end; from++) count(tables, load<u8>(from));
}

/** Writes a token and counts the symbols of its match, but not its literals. */
export function putToken(to: usize, literals: u32, length: u32, distance: u32): void {
  const lengthToken = load<u32>(lengthSymbols + ((<usize>(length - MIN_LENGTH)) << 2));
  const far = distance - 1;
  const extra = far < 4 ? 0 : 30 - clz(far);
  const symbol = (extra << 1) + (far >> extra);
  const more = far & ((1 << extra) - 1);
  count(literalCounts, lengthToken & LENGTH_SYMBOL);
  count(distanceCounts, symbol);
  store<u32>(to, literals | (length << MATCH_LENGTH));
  store<u32>(to, lengthToken | (symbol << DISTANCE_SYMBOL) | (more << DISTANCE_EXTRA), 4);
}

function count(counts: usize, symbol: u32): void {
  const slot = counts + ((<usize>symbol) << 2);
  store<u32>(slot, load<u32>(slot) + 1);
}
