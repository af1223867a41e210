// Lengths of a Huffman code from how often each symbol occurs, and the codes that deflate makes of the lengths.

/** At most so many symbols have a code of their own. */
const MAX_SYMBOLS: i32 = 288;
/** A key is a count, of so many bits, before the symbol. */
const MAX_COUNT: u32 = 0xffff;
const SYMBOL_BITS: u32 = 9;
const SYMBOL_MASK: u32 = (1 << SYMBOL_BITS) - 1;

const MAX_INSERTED: i32 = 40;

const keys: usize = memory.data(4 * (MAX_SYMBOLS + 1), 16);
const otherKeys: usize = memory.data(4 * (MAX_SYMBOLS + 1), 16);
const places: usize = memory.data(4 * 256, 16);
/** How many codes have each length. */
const counts: usize = memory.data(4 * 16, 16);
const nextCodes: usize = memory.data(4 * 16, 16);

/**
 * Writes a length (u8) for each of `count` symbols, 0 for those that do not occur, from their counts (u32); none is longer
 * than `limit` bits. There are two codes at least, since some decoders want it so.
 */
export function findLengths(frequencies: usize, count: i32, limit: i32, lengths: usize): void {
  memory.fill(lengths, 0, count);
  const used = collectKeys(frequencies, count);
  if (used <= MAX_INSERTED) insertKeys(used);
  else {
    sortKeys(keys, otherKeys, used, SYMBOL_BITS);
    sortKeys(otherKeys, keys, used, SYMBOL_BITS + 8);
  }
  countDepths(used, limit);
  shorten(limit);
  let next = keys;
  for (let length = limit; length > 0; length--) {
    for (let left = load<i32>(counts + ((<usize>length) << 2)); left > 0; left--) {
      store<u8>(lengths + (load<u32>(next) & SYMBOL_MASK), <u8>length);
      next += 4;
    }
  }
}

function collectKeys(frequencies: usize, count: i32): i32 {
  let to = keys;
  for (let symbol = 0; symbol < count; symbol++) {
    const frequency = load<u32>(frequencies + ((<usize>symbol) << 2));
    // Without a branch, since what occurs is hard to foretell.
    store<u32>(to, (min(frequency, MAX_COUNT) << SYMBOL_BITS) | symbol);
    to += (<usize>(frequency !== 0)) << 2;
  }
  for (let symbol = 0; to < keys + 8; symbol++) {
    if (load<u32>(frequencies + ((<usize>symbol) << 2)) !== 0) continue;
    store<u32>(to, (1 << SYMBOL_BITS) | symbol);
    to += 4;
  }
  return <i32>((to - keys) >> 2);
}

/** The soonest way to sort a few. */
function insertKeys(used: i32): void {
  const end = keys + ((<usize>used) << 2);
  for (let at = keys + 4; at < end; at += 4) {
    const key = load<u32>(at);
    let to = at;
    for (; to > keys && load<u32>(to - 4) > key; to -= 4) store<u32>(to, load<u32>(to - 4));
    store<u32>(to, key);
  }
}

/** Sorts by 8 bits of the keys from `shift` up; equal ones keep their order. */
function sortKeys(from: usize, to: usize, count: i32, shift: u32): void {
  memory.fill(places, 0, 4 * 256);
  const end = from + ((<usize>count) << 2);
  for (let at = from; at < end; at += 4) {
    const place = places + ((<usize>((load<u32>(at) >> shift) & 255)) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  let sum = 0;
  for (let place = places; place < places + 4 * 256; place += 4) {
    const own = load<i32>(place);
    store<i32>(place, sum);
    sum += own;
  }
  for (let at = from; at < end; at += 4) {
    const place = places + ((<usize>((load<u32>(at) >> shift) & 255)) << 2);
    const slot = load<i32>(place);
    store<i32>(place, slot + 1);
    store<u32>(to + ((<usize>slot) << 2), load<u32>(at));
  }
}

function weightAt(index: i32): usize {
  return otherKeys + ((<usize>index) << 2);
}

/**
 * How many leaves Huffman's tree has at each depth, those too deep counted at the limit. In place, after Moffat and Katajainen:
 * weights become parents, parents become depths.
 */
function countDepths(used: i32, limit: i32): void {
  memory.fill(counts, 0, 4 * 16);
  for (let at = 0; at < used; at++) store<u32>(weightAt(at), load<u32>(keys + ((<usize>at) << 2)) >> SYMBOL_BITS);
  joinLightest(used);
  store<u32>(weightAt(used - 2), 0);
  for (let at = used - 3; at >= 0; at--) store<u32>(weightAt(at), load<u32>(weightAt(load<u32>(weightAt(at)))) + 1);
  let nodes = 1;
  let at = used - 2;
  for (let depth = 0; nodes > 0; depth++) {
    let inner = 0;
    for (; at >= 0 && <i32>load<u32>(weightAt(at)) === depth; at--) inner++;
    const slot = counts + ((<usize>min(depth, limit)) << 2);
    store<i32>(slot, load<i32>(slot) + nodes - inner);
    nodes = inner << 1;
  }
}

function joinLightest(used: i32): void {
  let root = 0;
  let leaf = 0;
  for (let next = 0; next < used - 1; next++) {
    let sum: u32 = 0;
    for (let child = 0; child < 2; child++) {
      const isInner = leaf >= used || (root < next && load<u32>(weightAt(root)) < load<u32>(weightAt(leaf)));
      sum += load<u32>(weightAt(isInner ? root : leaf));
      if (isInner) store<u32>(weightAt(root++), next);
      else leaf++;
    }
    store<u32>(weightAt(next), sum);
  }
}

/** Where leaves were raised to the limit, makes room for them: one leaf after another goes down, and takes one of them along. */
function shorten(limit: i32): void {
  let total = 0;
  for (let length = 1; length <= limit; length++)
    total += load<i32>(counts + ((<usize>length) << 2)) << (limit - length);
  for (; total > 1 << limit; total--) {
    let slot = counts + ((<usize>(limit - 1)) << 2);
    while (load<i32>(slot) === 0) slot -= 4;
    store<i32>(slot, load<i32>(slot) - 1);
    store<i32>(slot + 4, load<i32>(slot, 4) + 2);
    const last = counts + ((<usize>limit) << 2);
    store<i32>(last, load<i32>(last) - 1);
  }
}

/** Writes for each symbol its code, first bit lowest, and above 16 bits its length (u32). */
export function assignCodes(lengths: usize, count: i32, codes: usize): void {
  memory.fill(counts, 0, 4 * 16);
  for (let symbol = 0; symbol < count; symbol++) {
    const slot = counts + ((<usize>load<u8>(lengths + symbol)) << 2);
    store<i32>(slot, load<i32>(slot) + 1);
  }
  store<i32>(counts, 0);
  let code = 0;
  for (let slot: usize = 0; slot < 4 * 15; slot += 4) {
    code = (code + load<i32>(counts + slot)) << 1;
    store<i32>(nextCodes + slot, code, 4);
  }
  for (let symbol = 0; symbol < count; symbol++) {
    const length = <u32>load<u8>(lengths + symbol);
    const slot = nextCodes + ((<usize>length) << 2);
    const own = load<u32>(slot);
    store<u32>(slot, own + 1);
    store<u32>(codes + ((<usize>symbol) << 2), length === 0 ? 0 : (length << 16) | (reverse16(own) >> (16 - length)));
  }
}

function reverse16(value: u32): u32 {
  value = ((value & 0x5555) << 1) | ((value >> 1) & 0x5555);
  value = ((value & 0x3333) << 2) | ((value >> 2) & 0x3333);
  value = ((value & 0x0f0f) << 4) | ((value >> 4) & 0x0f0f);
  return ((value & 0xff) << 8) | (value >> 8);
}
