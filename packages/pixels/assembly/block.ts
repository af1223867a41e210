import { alignBits, pendingBits, putBits, putBytes, resumeBits, waitingBits, writeAt } from './bits';
import {
  distanceCodes,
  extraBits,
  findOwnCodes,
  fixedBits,
  literalCodes,
  ownBits,
  useFixedCodes,
  useOwnCodes,
} from './blockCodes';
import {
  DISTANCE_EXTRA,
  DISTANCE_SYMBOL,
  END_OF_BLOCK,
  LENGTH_EXTRA,
  LENGTH_SYMBOL,
  LITERAL_COUNT,
  MATCH_LENGTH,
  TOKEN_BYTES,
} from './tokens';

const MAX_STORED: usize = 65_535;
const STORED_HEADER: usize = 5;
const FIXED: u32 = 1;
const OWN: u32 = 2;

/** Writes the bytes, whose tokens are given and counted, as a block: stored, in fixed codes or in its own, whichever is least. */
export function writeBlock(from: usize, end: usize, tokens: usize, tokensEnd: usize, isLast: bool): void {
  findOwnCodes();
  const own = ownBits();
  const fixed = fixedBits();
  const stored = <i32>(storedBytes(end - from) << 3);
  if (stored <= 3 + min(own, fixed) + extraBits()) {
    writeStored(from, end - from, isLast);
    return;
  }
  putBits(<u32>isLast | ((own < fixed ? OWN : FIXED) << 1), 3);
  if (own < fixed) useOwnCodes();
  else useFixedCodes();
  writeTokens(from, end, tokens, tokensEnd);
  const code = load<u32>(literalCodes + (END_OF_BLOCK << 2));
  putBits(code & 0xffff, code >> 16);
}

/** How many bytes so many are when stored; where the block before ends within a byte, it may be one more. */
export function storedBytes(length: usize): usize {
  return length + STORED_HEADER * max(1, (length + MAX_STORED - 1) / MAX_STORED);
}

/** Writes bytes as they are. */
export function writeStored(from: usize, length: usize, isLast: bool): void {
  do {
    const part = min(length, MAX_STORED);
    putBits(<u32>(isLast && part === length), 3);
    alignBits();
    putBits(<u32>part | (~(<u32>part) << 16), 32);
    putBytes(from, part);
    from += part;
    length -= part;
  } while (length > 0);
}

/** Everything in locals, since this is done for every byte that is not in a match; two literals, or a match, to a store. */
function writeTokens(from: usize, end: usize, tokens: usize, tokensEnd: usize): void {
  let pending = pendingBits();
  let waiting = waitingBits();
  let to = writeAt;
  while (true) {
    const literalsEnd = tokens < tokensEnd ? from + <usize>(load<u32>(tokens) & LITERAL_COUNT) : end;
    while (from < literalsEnd) {
      const first = literalCode(load<u8>(from++));
      pending |= (<u64>(first & 0xffff)) << waiting;
      waiting += first >> 16;
      if (from < literalsEnd) {
        const second = literalCode(load<u8>(from++));
        pending |= (<u64>(second & 0xffff)) << waiting;
        waiting += second >> 16;
      }
      store<u64>(to, pending);
      to += <usize>(waiting >> 3);
      pending >>= waiting & ~7;
      waiting &= 7;
    }
    if (tokens === tokensEnd) break;
    const match = load<u32>(tokens, 4);
    const length = literalCode(match & LENGTH_SYMBOL);
    const distance = load<u32>(distanceCodes + ((<usize>((match >> DISTANCE_SYMBOL) & 31)) << 2));
    pending |= (<u64>(length & 0xffff)) << waiting;
    waiting += (length >> 16) & 255;
    pending |= (<u64>((match >> LENGTH_EXTRA) & 31)) << waiting;
    waiting += length >> 24;
    pending |= (<u64>(distance & 0xffff)) << waiting;
    waiting += (distance >> 16) & 255;
    pending |= (<u64>(match >> DISTANCE_EXTRA)) << waiting;
    waiting += distance >> 24;
    store<u64>(to, pending);
    to += <usize>(waiting >> 3);
    pending >>= waiting & ~7;
    waiting &= 7;
    from += <usize>(load<u32>(tokens) >> MATCH_LENGTH);
    tokens += TOKEN_BYTES;
  }
  resumeBits(to, pending, waiting);
}

function literalCode(symbol: u32): u32 {
  return load<u32>(literalCodes + ((<usize>symbol) << 2));
}
