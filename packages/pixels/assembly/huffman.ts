// Canonical Huffman codes of deflate. Codes of up to `bits` bits stand in a table, reversed as they come; the few longer ones
// are found bit by bit. A code is laid out in memory as: table of 2^bits u16 (symbol << 4 | length, 0 for none), then for each
// length how many codes it has (16 u16), then the symbols in order (u16): 2^(bits + 1) + 32 + 2 * symbols bytes.

const COUNTS_BYTES: usize = 32;

/** Makes a code of `count` lengths (u8 each); false when there are more codes than their lengths allow. */
export function buildHuffman(at: usize, bits: i32, lengths: usize, count: i32): bool {
  const counts = at + ((<usize>1) << (bits + 1));
  memory.fill(at, 0, ((<usize>1) << (bits + 1)) + COUNTS_BYTES);
  for (let symbol = 0; symbol < count; symbol++) {
    const slot = counts + ((<usize>load<u8>(lengths + symbol)) << 1);
    store<u16>(slot, load<u16>(slot) + 1);
  }
  store<u16>(counts, 0);
  return fillTables(at, bits, lengths, count);
}

/** Next free place in the sorted symbols, and next free code, for each length. */
const offsets: usize = memory.data(32, 16);
const codes: usize = memory.data(32, 16);

function fillTables(at: usize, bits: i32, lengths: usize, count: i32): bool {
  const counts = at + ((<usize>1) << (bits + 1));
  let code = 0;
  let offset = 0;
  for (let length = 1; length < 16; length++) {
    const slot = (<usize>length) << 1;
    store<u16>(offsets + slot, <u16>offset);
    store<u16>(codes + slot, <u16>code);
    offset += load<u16>(counts + slot);
    code = code + load<u16>(counts + slot);
    if (code > 1 << length) return false;
    code <<= 1;
  }
  for (let symbol = 0; symbol < count; symbol++) {
    const length = <i32>load<u8>(lengths + symbol);
    if (length === 0) continue;
    const slot = (<usize>length) << 1;
    const place = load<u16>(offsets + slot);
    store<u16>(offsets + slot, place + 1);
    store<u16>(counts + COUNTS_BYTES + ((<usize>place) << 1), <u16>symbol);
    const own = <i32>load<u16>(codes + slot);
    store<u16>(codes + slot, <u16>(own + 1));
    if (length <= bits) spread(at, bits, reverse(own, length), (symbol << 4) | length);
  }
  return true;
}

/** Writes an entry wherever the low bits are the code. */
function spread(table: usize, bits: i32, code: i32, entry: i32): void {
  const step = 1 << (entry & 15);
  for (let slot = code; slot < 1 << bits; slot += step) store<u16>(table + ((<usize>slot) << 1), <u16>entry);
}

function reverse(code: i32, length: i32): i32 {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}

/** The entry (symbol << 4 | length) of the code that `buffer` begins with, found bit by bit; 0 for none. */
export function searchHuffman(at: usize, bits: i32, buffer: u64): i32 {
  const counts = at + ((<usize>1) << (bits + 1));
  let code = 0;
  let first = 0;
  let offset = 0;
  for (let length = 1; length < 16; length++) {
    code |= <i32>(buffer & 1);
    buffer >>= 1;
    const count = <i32>load<u16>(counts + ((<usize>length) << 1));
    if (code - first < count) {
      const symbol = <i32>load<u16>(counts + COUNTS_BYTES + ((<usize>(offset + code - first)) << 1));
      return (symbol << 4) | length;
    }
    offset += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return 0;
}
