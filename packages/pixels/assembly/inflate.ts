import { buildHuffman, searchHuffman } from './huffman';

// Raw inflate (RFC 1951) into memory of a known size. The host leaves 1024 bytes behind the input, which a cut stream may
// be read beyond by, and 16 behind the output, for stores of whole words.

const LITERAL_BITS: i32 = 10;
const DISTANCE_BITS: i32 = 8;
const LENGTH_BITS: i32 = 7;
const END_OF_BLOCK: i32 = 256;

const literalCode: usize = memory.data(4096, 16);
const distanceCode: usize = memory.data(1024, 16);
const lengthCode: usize = memory.data(512, 16);
/** Code lengths while they are read: 288 + 32 symbols, and room for a last run. */
const lengths: usize = memory.data(512, 16);

const lengthBases = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const lengthExtras = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const distanceBases = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const distanceExtras = memory.data<u8>([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);
const lengthOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let input: usize = 0;
let inputEnd: usize = 0;
let output: usize = 0;
let outputStart: usize = 0;
let outputEnd: usize = 0;
/** Bits that were read and not used; `bits` of them count. */
let buffer: u64 = 0;
let bits: i32 = 0;

/** Inflates `length` bytes; true when they are one whole stream that makes exactly `size` bytes. */
export function inflate(from: usize, length: i32, to: usize, size: i32): bool {
  input = from;
  inputEnd = from + length;
  output = outputStart = to;
  outputEnd = to + size;
  buffer = 0;
  bits = 0;
  let last = 0;
  while (!last) {
    refill();
    last = take(1);
    const kind = take(2);
    const done = kind === 0 ? copyStored() : kind === 1 ? inflateFixed() : kind === 2 ? inflateDynamic() : false;
    if (!done) return false;
  }
  return output === outputEnd && position() === inputEnd;
}

/** At least 56 bits, as far as the input goes; what comes from behind it shows in `position`. */
function refill(): void {
  buffer |= load<u64>(input) << (<u64>bits);
  input += (63 - bits) >> 3;
  bits |= 56;
}

function take(count: i32): i32 {
  const value = <i32>(buffer & (((<u64>1) << (<u64>count)) - 1));
  buffer >>= <u64>count;
  bits -= count;
  return value;
}

/** The byte behind the last one that was begun. */
function position(): usize {
  return input - (bits >> 3);
}

function copyStored(): bool {
  const at = position();
  if (at + 4 > inputEnd) return false;
  const length = <usize>load<u16>(at);
  if ((<i32>length ^ 0xffff) !== <i32>load<u16>(at, 2)) return false;
  if (at + 4 + length > inputEnd || length > outputEnd - output) return false;
  memory.copy(output, at + 4, length);
  output += length;
  input = at + 4 + length;
  buffer = 0;
  bits = 0;
  return true;
}

function inflateFixed(): bool {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  buildHuffman(literalCode, LITERAL_BITS, lengths, 288);
  memory.fill(lengths, 5, 30);
  buildHuffman(distanceCode, DISTANCE_BITS, lengths, 30);
  return inflateBlock();
}

function inflateDynamic(): bool {
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const count = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let index = 0; index < count; index++) {
    if (bits < 3) refill();
    store<u8>(lengths + load<u8>(lengthOrder + index), <u8>take(3));
  }
  if (!buildHuffman(lengthCode, LENGTH_BITS, lengths, 19)) return false;
  if (!readLengths(literals + distances)) return false;
  if (load<u8>(lengths + END_OF_BLOCK) === 0) return false;
  if (!buildHuffman(literalCode, LITERAL_BITS, lengths, literals)) return false;
  if (!buildHuffman(distanceCode, DISTANCE_BITS, lengths + literals, distances)) return false;
  return inflateBlock();
}

function readLengths(count: i32): bool {
  let index = 0;
  while (index < count) {
    refill();
    const entry = <i32>load<u16>(lengthCode + ((<usize>(buffer & 127)) << 1));
    if (entry === 0) return false;
    take(entry & 15);
    const symbol = entry >> 4;
    if (symbol < 16) {
      store<u8>(lengths + index++, <u8>symbol);
      continue;
    }
    if (symbol === 16 && index === 0) return false;
    const value: u8 = symbol === 16 ? load<u8>(lengths + index - 1) : 0;
    const repeat = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (index + repeat > count) return false;
    memory.fill(lengths + index, value, repeat);
    index += repeat;
  }
  return true;
}

function inflateBlock(): bool {
  while (input <= inputEnd + 8) {
    refill();
    let symbol = nextLiteral();
    // Three short codes fit into one refill, and leave enough for a distance.
    if (symbol >= 0 && symbol < END_OF_BLOCK && output < outputEnd) {
      store<u8>(output++, <u8>symbol);
      symbol = nextLiteral();
      if (symbol >= 0 && symbol < END_OF_BLOCK && output < outputEnd) {
        store<u8>(output++, <u8>symbol);
        continue;
      }
    }
    if (symbol === END_OF_BLOCK) return position() <= inputEnd;
    if (symbol < END_OF_BLOCK || position() > inputEnd) return false;
    if (!copyMatch(symbol - 257)) return false;
  }
  return false;
}

/** -1 for a code that does not exist. */
function nextLiteral(): i32 {
  let entry = <i32>load<u16>(literalCode + ((<usize>(buffer & 1023)) << 1));
  if (entry === 0) {
    entry = searchHuffman(literalCode, LITERAL_BITS, buffer);
    if (entry === 0) return -1;
  }
  buffer >>= <u64>(entry & 15);
  bits -= entry & 15;
  return entry >> 4;
}

function nextDistance(): i32 {
  let entry = <i32>load<u16>(distanceCode + ((<usize>(buffer & 255)) << 1));
  if (entry === 0) {
    entry = searchHuffman(distanceCode, DISTANCE_BITS, buffer);
    if (entry === 0) return -1;
  }
  buffer >>= <u64>(entry & 15);
  bits -= entry & 15;
  return entry >> 4;
}

function copyMatch(index: i32): bool {
  if (index > 28) return false;
  const length = <usize>(<i32>load<u16>(lengthBases + ((<usize>index) << 1)) + take(load<u8>(lengthExtras + index)));
  refill();
  const code = nextDistance();
  if (code < 0 || code > 29) return false;
  const distance = <usize>(
    (<i32>load<u16>(distanceBases + ((<usize>code) << 1)) + take(load<u8>(distanceExtras + code)))
  );
  if (distance > output - outputStart || length > outputEnd - output) return false;
  repeat(distance, length);
  return true;
}

/** Copies from `distance` back; the source may be what is being written. */
function repeat(distance: usize, length: usize): void {
  const end = output + length;
  if (distance === 1) memory.fill(output, load<u8>(output - 1), length);
  else if (distance >= 16) for (let to = output; to < end; to += 16) v128.store(to, v128.load(to - distance));
  else if (distance >= 8) for (let to = output; to < end; to += 8) store<u64>(to, load<u64>(to - distance));
  else for (let to = output; to < end; to++) store<u8>(to, load<u8>(to - distance));
  output = end;
}
