import { output, partHeight, partWidth, partX, partY, shadowAt, stagedAt, stagedStride, stride, work } from './planes';

const MAX_COLOURS: i32 = 256;
const SLOTS: u32 = 1024;
const COLOURS_BYTES: usize = 1024;

/** Address of the first pixel of the part in the plane: 0 is staged, 1 the shadow. */
export function partAt(plane: i32): usize {
  return plane === 0 ? stagedAt(partX, partY) : shadowAt(partX, partY);
}

export function strideOf(plane: i32): usize {
  return plane === 0 ? stagedStride : stride;
}

/** Keys are colour + 1, so that 0 means free; each slot is a key and an index, both u32. */
function clearTable(): void {
  memory.fill(work, 0, SLOTS << 3);
}

let colours: i32 = 0;

/** The number of a colour, given one if it is new; -1 when there is none left. */
function indexOf(colour: u32): i32 {
  let slot = (colour * 0x9e37_79b1) >>> 22;
  while (true) {
    const at = work + ((<usize>slot) << 3);
    const key = load<u32>(at);
    if (key === colour + 1) return load<u32>(at, 4);
    if (key === 0) {
      if (colours === MAX_COLOURS) return -1;
      store<u32>(at, colour + 1);
      store<u32>(at, colours, 4);
      store<u32>(output + ((<usize>colours) << 2), colour);
      return colours++;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/**
 * Numbers the colours of the part in order of appearance. The output gets 256 words 0x00RRGGBB, then an index byte per
 * pixel, row-major. Returns how many colours there are, 0 for more than 256.
 */
export function indexPart(plane: i32): i32 {
  clearTable();
  colours = 0;
  let from = partAt(plane);
  let to = output + COLOURS_BYTES;
  for (let row = 0; row < partHeight; row++) {
    if (!indexRow(from, to)) return 0;
    from += strideOf(plane);
    to += partWidth;
  }
  return colours;
}

let colour: u32 = 0;
let index: i32 = 0;
let otherColour: u32 = 0;
let otherIndex: i32 = 0;

/** Makes `next` the current colour; false when there is no number left. Most often it is the one before the current one. */
function turnTo(next: u32): bool {
  const nextIndex = next === otherColour ? otherIndex : indexOf(next);
  if (nextIndex < 0) return false;
  otherColour = colour;
  otherIndex = index;
  colour = next;
  index = nextIndex;
  return true;
}

/** Run by run: up to 4 pixels at once, and 16 where a run goes on. Stores reach 3 bytes beyond a run; the next one mends that. */
function indexRow(from: usize, to: usize): bool {
  const end = from + ((<usize>partWidth) << 2);
  colour = otherColour = 0xffff_ffff;
  while (from + 16 <= end) {
    const next = load<u32>(from) & 0x00ff_ffff;
    if (next !== colour && !turnTo(next)) return false;
    const others = i32x4.ne(v128.shl<i32>(v128.load(from), 8), i32x4.splat(colour << 8));
    const run = ctz(i32x4.bitmask(others) | 16);
    store<u32>(to, <u32>index * 0x0101_0101);
    from += run << 2;
    to += run;
    if (run < 4) continue;
    for (; from + 64 <= end && isRun(from, colour); from += 64) {
      v128.store(to, i8x16.splat(<i8>index));
      to += 16;
    }
  }
  for (; from < end; from += 4) {
    const next = load<u32>(from) & 0x00ff_ffff;
    if (next !== colour && !turnTo(next)) return false;
    store<u8>(to++, <u8>index);
  }
  return true;
}

/** Whether 16 pixels have this colour. */
function isRun(at: usize, colour: u32): bool {
  const wanted = i32x4.splat(colour);
  const first = v128.or(v128.xor(v128.load(at), wanted), v128.xor(v128.load(at, 16), wanted));
  const second = v128.or(v128.xor(v128.load(at, 32), wanted), v128.xor(v128.load(at, 48), wanted));
  return !v128.any_true(v128.shl<i32>(v128.or(first, second), 8));
}
