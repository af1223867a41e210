import {
  colourMask,
  output,
  partHeight,
  partWidth,
  partX,
  partY,
  shadowAt,
  staged,
  stagedAt,
  stagedHeight,
  stagedStride,
  stagedWidth,
  stagedX,
  stagedY,
} from './planes';

const CELL_WIDTH: i32 = 32;
const CELL_HEIGHT: i32 = 16;

/** Whether `count` pixels at two addresses differ in colour. */
export function differs(a: usize, b: usize, count: i32): bool {
  const mask = colourMask();
  let at: usize = 0;
  const blocks = (<usize>(count & ~15)) << 2;
  for (; at < blocks; at += 64) {
    const first = v128.or(
      v128.xor(v128.load(a + at), v128.load(b + at)),
      v128.xor(v128.load(a + at, 16), v128.load(b + at, 16)),
    );
    const second = v128.or(
      v128.xor(v128.load(a + at, 32), v128.load(b + at, 32)),
      v128.xor(v128.load(a + at, 48), v128.load(b + at, 48)),
    );
    if (v128.any_true(v128.and(v128.or(first, second), mask))) return true;
  }
  const end = (<usize>count) << 2;
  for (; at < end; at += 4) {
    if ((load<u32>(a + at) ^ load<u32>(b + at)) & 0x00ff_ffff) return true;
  }
  return false;
}

/**
 * Compares the staged rectangle with the shadow. Writes one byte per cell of 32x16 pixels to the output, row-major, 1 where
 * some pixel differs; returns how many do.
 */
export function dirtyCells(): i32 {
  const columns = (stagedWidth + CELL_WIDTH - 1) / CELL_WIDTH;
  const rows = (stagedHeight + CELL_HEIGHT - 1) / CELL_HEIGHT;
  memory.fill(output, 0, <usize>columns * <usize>rows);
  let found = 0;
  for (let y = 0; y < stagedHeight; y++) {
    const cells = output + <usize>(y / CELL_HEIGHT) * <usize>columns;
    const now = staged + <usize>y * stagedStride;
    const before = shadowAt(stagedX, stagedY + y);
    for (let column = 0; column < columns; column++) {
      if (load<u8>(cells + column)) continue;
      const x = column * CELL_WIDTH;
      const at = (<usize>x) << 2;
      if (!differs(now + at, before + at, min(CELL_WIDTH, stagedWidth - x))) continue;
      store<u8>(cells + column, 1);
      found++;
    }
  }
  return found;
}

/**
 * The smallest rectangle inside the part that holds all its differing pixels, written to the output as x, y, width, height
 * (i32, coordinates of the display); false when nothing differs.
 */
export function trimPart(): bool {
  let top = partY;
  let bottom = partY + partHeight;
  while (top < bottom && !rowDiffers(top)) top++;
  if (top === bottom) return false;
  while (!rowDiffers(bottom - 1)) bottom--;
  let left = partWidth;
  let right = 0;
  for (let y = top; y < bottom; y++) {
    const now = stagedAt(partX, y);
    const before = shadowAt(partX, y);
    left = firstDifference(now, before, left);
    right = lastDifference(now, before, right);
  }
  store<i32>(output, partX + left);
  store<i32>(output, top, 4);
  store<i32>(output, right - left, 8);
  store<i32>(output, bottom - top, 12);
  return true;
}

function rowDiffers(y: i32): bool {
  return differs(stagedAt(partX, y), shadowAt(partX, y), partWidth);
}

/** Index of the first pixel that differs, or `end`. */
function firstDifference(a: usize, b: usize, end: i32): i32 {
  let x = 0;
  while (x + 16 <= end && !differs(a + (x << 2), b + (x << 2), 16)) x += 16;
  while (x < end && !differs(a + (x << 2), b + (x << 2), 1)) x++;
  return x;
}

/** One more than the index of the last pixel that differs, or `start`. */
function lastDifference(a: usize, b: usize, start: i32): i32 {
  let x = partWidth;
  while (x - 16 >= start && !differs(a + ((x - 16) << 2), b + ((x - 16) << 2), 16)) x -= 16;
  while (x > start && !differs(a + ((x - 1) << 2), b + ((x - 1) << 2), 1)) x--;
  return x;
}
