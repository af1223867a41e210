import { colourMask, output, shadowAt, stagedAt, stagedHeight, stagedWidth, stagedX, stagedY, work } from './planes';
import { hashOfRow } from './votes';

// Finding a shift along both axes, as of a window that is dragged: certain patches are picked by what they hold, not by where
// they are, so that the same ones are picked in the shadow and in the staged rectangle. A patch that stands exactly once in the
// shadow votes for the shift that would bring it here.

const PATCH_WIDTH: i32 = 16;
const PATCH_ROWS_APART: i32 = 6;
/** So many patches are looked at in each picture; in a busy one they are found above. */
const MAX_PATCHES: i32 = 8192;
/** Slots of a hash and a place + 1, negative when several patches have that hash. */
const SLOTS: u32 = 16_384;
/** Slots of a shift and its votes. */
const SHIFTS: u32 = 2048;
const MAX_PROBES: i32 = 8;
const PRIME: u32 = 0x9e37_79b1;

let counting: bool = false;

function shifts(): usize {
  return work + (SLOTS << 3);
}

/** Counts the votes of all patches. They stay in the work memory. */
export function countPatches(): void {
  memory.fill(work, 0, (SLOTS + SHIFTS) << 3);
  counting = false;
  scan(shadowAt(stagedX, stagedY), shadowAt(0, 1) - shadowAt(0, 0));
  counting = true;
  scan(stagedAt(stagedX, stagedY), (<usize>stagedWidth) << 2);
}

/** Takes the shift with most votes, if it has at least `least`, and writes it to the output as x, y (i32); false for none. */
export function takePatchShift(least: i32): bool {
  let best: usize = 0;
  let most = least - 1;
  for (let slot: u32 = 0; slot < SHIFTS; slot++) {
    const at = shifts() + ((<usize>slot) << 3);
    const count = load<i32>(at, 4);
    if (count <= most) continue;
    most = count;
    best = at;
  }
  if (best === 0) return false;
  const shift = load<i32>(best);
  store<i32>(best, 0, 4);
  store<i32>(output, <i32>(<i16>(shift & 0xffff)));
  store<i32>(output, shift >> 16, 4);
  return true;
}

/** Looks at every pixel that differs from the one on its left and whose surroundings happen to fit: one in 32. */
function scan(from: usize, stride: usize): void {
  const mask = colourMask();
  let patches = 0;
  for (let y = 0; y < stagedHeight - PATCH_ROWS_APART; y++) {
    const row = from + <usize>y * stride;
    for (let x = 1; x <= stagedWidth - PATCH_WIDTH - 4; x += 4) {
      const at = row + ((<usize>x) << 2);
      const edges = v128.and(v128.xor(v128.load(at), v128.load(at - 4)), mask);
      if (!v128.any_true(edges)) continue;
      const fits = i32x4.eq(i32x4.shr_u(surroundings(at, stride), 27), i32x4.splat(0));
      for (let bits = i32x4.bitmask(v128.and(fits, i32x4.ne(edges, i32x4.splat(0)))); bits !== 0; bits &= bits - 1) {
        const lane = ctz(bits);
        usePatch(at + ((<usize>lane) << 2), stride, ((x + lane) & 0xffff) | (y << 16));
        if (++patches === MAX_PATCHES) return;
      }
    }
  }
}

/** A number for each of four pixels made of some around it; cheap, since it is made nearly everywhere. */
function surroundings(at: usize, stride: usize): v128 {
  const below = at + stride * 3;
  let sum = i32x4.sub(v128.load(at), i32x4.shl(v128.load(at - 4), 1));
  sum = i32x4.add(sum, i32x4.shl(v128.load(at, 4), 2));
  sum = i32x4.sub(sum, i32x4.shl(v128.load(at, 12), 3));
  sum = i32x4.add(sum, i32x4.shl(v128.load(at, 20), 4));
  sum = i32x4.sub(sum, i32x4.shl(v128.load(below), 5));
  sum = i32x4.add(sum, i32x4.shl(v128.load(below, 8), 6));
  // What X adds stands in the top bits alone, and the lower ones never hear of it.
  const colour = v128.and(sum, colourMask());
  return i32x4.mul(v128.xor(colour, i32x4.shr_u(colour, 13)), i32x4.splat(PRIME));
}

function usePatch(at: usize, stride: usize, place: i32): void {
  const below = hashOfRow(at + stride * PATCH_ROWS_APART, PATCH_WIDTH);
  const hash = (hashOfRow(at, PATCH_WIDTH) ^ (below >>> 7)) * PRIME + below;
  let slot = hash & (SLOTS - 1);
  while (load<i32>(work + ((<usize>slot) << 3), 4) !== 0 && load<u32>(work + ((<usize>slot) << 3)) !== hash) {
    slot = (slot + 1) & (SLOTS - 1);
  }
  const entry = work + ((<usize>slot) << 3);
  const known = load<i32>(entry, 4);
  if (counting) {
    if (known > 0) vote(place, known - 1);
    return;
  }
  store<u32>(entry, hash);
  store<i32>(entry, known === 0 ? place + 1 : -1, 4);
}

/** Shifts are kept as x in the lower and y in the upper half. */
function vote(now: i32, before: i32): void {
  const dx = (now & 0xffff) - (before & 0xffff);
  const dy = (now >> 16) - (before >> 16);
  if (dx === 0 && dy === 0) return;
  const shift = (dx & 0xffff) | (dy << 16);
  let slot = (<u32>shift * PRIME) >>> 21;
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    const at = shifts() + ((<usize>slot) << 3);
    const count = load<i32>(at, 4);
    if (count === 0 || load<i32>(at) === shift) {
      store<i32>(at, shift);
      store<i32>(at, count + 1, 4);
      return;
    }
    slot = (slot + 1) & (SHIFTS - 1);
  }
}
