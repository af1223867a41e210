// Bits written from the lowest of a byte up, as deflate has them. At most 7 wait in `pending` between calls.

/** Where the next whole byte goes. Stores reach 7 bytes beyond it. */
export let writeAt: usize = 0;
let pending: u64 = 0;
let waiting: u64 = 0;

export function beginBits(at: usize): void {
  writeAt = at;
  pending = 0;
  waiting = 0;
}

/** Writes the low `count` bits of a value that has no others; at most 32. */
export function putBits(value: u32, count: u32): void {
  pending |= (<u64>value) << waiting;
  waiting += count;
  store<u64>(writeAt, pending);
  writeAt += <usize>(waiting >> 3);
  pending >>= waiting & ~7;
  waiting &= 7;
}

/** Fills the byte that was begun with zeros. */
export function alignBits(): void {
  if (waiting > 0) putBits(0, 8 - <u32>waiting);
}

/** Takes whole bytes over; only where a byte ends. */
export function putBytes(from: usize, length: usize): void {
  memory.copy(writeAt, from, length);
  writeAt += length;
}

/** What a loop needs to write bits by itself, and gives back when it is done. */
export function pendingBits(): u64 {
  return pending;
}
export function waitingBits(): u64 {
  return waiting;
}
export function resumeBits(at: usize, bits: u64, count: u64): void {
  writeAt = at;
  pending = bits;
  waiting = count;
}
