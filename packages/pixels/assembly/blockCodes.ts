import { putBits } from './bits';
import { assignCodes, findLengths } from './codeLengths';
import { distanceCounts, literalCounts } from './tokens';

// The codes of a block of deflate: its own, and how they are said, or the fixed ones. Sizes are in bits.

const LITERALS: i32 = 286;
const DISTANCES: i32 = 30;
const FIXED_LITERALS: i32 = 288;
const LENGTH_CODES: i32 = 19;
const MAX_BITS: i32 = 15;
const MAX_LENGTH_BITS: i32 = 7;
/** The first symbols with something extra to them. */
const LONG: i32 = 265;
const FAR: i32 = 4;

/** Codes (u32): first bit lowest, above 16 bits how many it has, above 24 bits how many are extra to it. */
export const literalCodes: usize = memory.data(4 * 288, 16);
export const distanceCodes: usize = memory.data(4 * 32, 16);

/** Code lengths (u8): of literals and lengths, then without a gap, where these are fewer, of distances. */
const lengths: usize = memory.data(320, 16);
const distanceLengths: usize = memory.data(32, 16);
let literals: i32 = 0;
let distances: i32 = 0;

/** The lengths as runs (u16): a symbol, and above 8 bits what is extra to it; and the code in which they are said. */
const runs: usize = memory.data(2 * 320, 16);
const runCounts: usize = memory.data(4 * 32, 16);
const runLengths: usize = memory.data(32, 16);
const runCodes: usize = memory.data(4 * 32, 16);
const order = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
let runsEnd: usize = 0;
let ordered: i32 = 0;

/** Finds the block's own codes from what is counted. */
export function findOwnCodes(): void {
  findLengths(literalCounts, LITERALS, MAX_BITS, lengths);
  findLengths(distanceCounts, DISTANCES, MAX_BITS, distanceLengths);
  literals = withoutZeros(lengths, LITERALS);
  distances = withoutZeros(distanceLengths, DISTANCES);
  memory.copy(lengths + literals, distanceLengths, distances);
  findRuns();
  findLengths(runCounts, LENGTH_CODES, MAX_LENGTH_BITS, runLengths);
  ordered = LENGTH_CODES;
  while (load<u8>(runLengths + load<u8>(order + ordered - 1)) === 0) ordered--;
}

function withoutZeros(lengths: usize, count: i32): i32 {
  while (load<u8>(lengths + count - 1) === 0) count--;
  return count;
}

function findRuns(): void {
  memory.fill(runCounts, 0, 4 * 32);
  runsEnd = runs;
  const end = lengths + literals + distances;
  for (let at = lengths; at < end; ) {
    const value = load<u8>(at);
    let left = 1;
    while (at + left < end && load<u8>(at + left) === value) left++;
    at += left;
    if (value !== 0) left -= putRun(value, 0, 1);
    while (left >= 3) left -= value === 0 ? putZeros(left) : putRepeat(left);
    while (left > 0) left -= putRun(value, 0, 1);
  }
}

function putZeros(left: i32): i32 {
  const run = min(left, 138);
  return run < 11 ? putRun(17, run - 3, run) : putRun(18, run - 11, run);
}

function putRepeat(left: i32): i32 {
  const run = min(left, 6);
  return putRun(16, run - 3, run);
}

function putRun(symbol: i32, extra: i32, run: i32): i32 {
  store<u16>(runsEnd, <u16>(symbol | (extra << 8)));
  runsEnd += 2;
  const slot = runCounts + ((<usize>symbol) << 2);
  store<i32>(slot, load<i32>(slot) + 1);
  return run;
}

/** What saying the block's own codes and all symbols in them takes. */
export function ownBits(): i32 {
  let sum = 14 + 3 * ordered;
  for (let symbol = 0; symbol < LENGTH_CODES; symbol++) {
    sum += countOf(runCounts, symbol) * (<i32>load<u8>(runLengths + symbol) + runExtra(symbol));
  }
  for (let symbol = 0; symbol < literals; symbol++)
    sum += countOf(literalCounts, symbol) * <i32>load<u8>(lengths + symbol);
  for (let symbol = 0; symbol < distances; symbol++) {
    sum += countOf(distanceCounts, symbol) * <i32>load<u8>(distanceLengths + symbol);
  }
  return sum;
}

/** What all symbols take in the fixed codes. */
export function fixedBits(): i32 {
  let sum = 0;
  for (let symbol = 0; symbol < literals; symbol++) sum += countOf(literalCounts, symbol) * fixedLength(symbol);
  for (let symbol = 0; symbol < distances; symbol++) sum += countOf(distanceCounts, symbol) * 5;
  return sum;
}

/** What comes with the symbols in either case. */
export function extraBits(): i32 {
  let sum = 0;
  for (let symbol = LONG; symbol < literals; symbol++) sum += countOf(literalCounts, symbol) * lengthExtra(symbol);
  for (let symbol = FAR; symbol < distances; symbol++) sum += countOf(distanceCounts, symbol) * distanceExtra(symbol);
  return sum;
}

function countOf(counts: usize, symbol: i32): i32 {
  return load<i32>(counts + ((<usize>symbol) << 2));
}

function fixedLength(symbol: i32): i32 {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

function lengthExtra(symbol: i32): i32 {
  return symbol === 285 ? 0 : (symbol - 261) >> 2;
}

function distanceExtra(symbol: i32): i32 {
  return (symbol >> 1) - 1;
}

function runExtra(symbol: i32): i32 {
  return symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
}

/** Makes the block's own codes those to be used, and writes which they are. */
export function useOwnCodes(): void {
  putBits((literals - 257) | ((distances - 1) << 5) | ((ordered - 4) << 10), 14);
  for (let at = 0; at < ordered; at++) putBits(load<u8>(runLengths + load<u8>(order + at)), 3);
  assignCodes(runLengths, LENGTH_CODES, runCodes);
  for (let at = runs; at < runsEnd; at += 2) {
    const symbol = <i32>load<u8>(at);
    const code = load<u32>(runCodes + ((<usize>symbol) << 2));
    putBits(code & 0xffff, code >> 16);
    putBits(load<u8>(at, 1), runExtra(symbol));
  }
  assignCodes(lengths, literals, literalCodes);
  assignCodes(distanceLengths, distances, distanceCodes);
  addExtras();
}

/** Makes the fixed codes those to be used. */
export function useFixedCodes(): void {
  for (let symbol = 0; symbol < FIXED_LITERALS; symbol++) store<u8>(lengths + symbol, <u8>fixedLength(symbol));
  assignCodes(lengths, FIXED_LITERALS, literalCodes);
  memory.fill(distanceLengths, 5, DISTANCES);
  assignCodes(distanceLengths, DISTANCES, distanceCodes);
  addExtras();
}

function addExtras(): void {
  for (let symbol = LONG; symbol < literals; symbol++) addExtra(literalCodes, symbol, lengthExtra(symbol));
  for (let symbol = FAR; symbol < distances; symbol++) addExtra(distanceCodes, symbol, distanceExtra(symbol));
}

function addExtra(codes: usize, symbol: i32, bits: i32): void {
  const code = codes + ((<usize>symbol) << 2);
  store<u32>(code, load<u32>(code) | (bits << 24));
}
