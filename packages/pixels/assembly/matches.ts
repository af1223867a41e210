import { differs } from './compare';
import { height, output, shadowAt, stagedAt, stagedHeight, stagedWidth, stagedX, stagedY, width, work } from './planes';

// Which parts of the staged rectangle are the shadow, shifted: a matrix of cells of 32x1 pixels, compared pixel by pixel, in
// which the rectangle of fitting cells that explains most changed cells is searched.

const CELL: i32 = 32;
const CHANGED: u8 = 1;
const EXPLAINED: u8 = 2;

let columns: i32 = 0;
let states: usize = 0;
let fits: usize = 0;
/** Sums of gains above and left, (rows + 1) x (columns + 1). */
let sums: usize = 0;
let heights: usize = 0;
let stack: usize = 0;
let shiftX: i32 = 0;
let shiftY: i32 = 0;

/** The rectangle of cells found last: columns and rows, ends excluded. */
let left: i32 = 0;
let right: i32 = 0;
let top: i32 = 0;
let bottom: i32 = 0;

/** Finds the cells that changed in place; returns how many did. */
export function beginMatches(): i32 {
  columns = (stagedWidth + CELL - 1) / CELL;
  const cells = <usize>columns * <usize>stagedHeight;
  states = work;
  fits = states + cells;
  sums = (fits + cells + 3) & ~3;
  heights = sums + ((<usize>(columns + 1) * <usize>(stagedHeight + 1)) << 2);
  stack = heights + ((<usize>(columns + 1)) << 2);
  let changed = 0;
  for (let y = 0; y < stagedHeight; y++) {
    const row = states + <usize>y * <usize>columns;
    for (let column = 0; column < columns; column++) {
      const state = fitsAt(column, y, 0, 0) ? 0 : CHANGED;
      store<u8>(row + column, state);
      changed += state;
    }
  }
  return changed;
}

/** Finds the cells that are what the shadow holds `dx` to the left and `dy` above. */
export function matchShift(dx: i32, dy: i32): void {
  shiftX = dx;
  shiftY = dy;
  for (let y = 0; y < stagedHeight; y++) {
    const row = fits + <usize>y * <usize>columns;
    for (let column = 0; column < columns; column++) store<u8>(row + column, <u8>fitsAt(column, y, dx, dy));
  }
}

function fitsAt(column: i32, y: i32, dx: i32, dy: i32): bool {
  const x = column * CELL;
  const count = min(CELL, stagedWidth - x);
  const fromX = stagedX + x - dx;
  const fromY = stagedY + y - dy;
  if (fromX < 0 || fromX + count > width || fromY < 0 || fromY >= height) return false;
  return !differs(stagedAt(stagedX + x, stagedY + y), shadowAt(fromX, fromY), count);
}

/**
 * The rectangle of fitting cells that explains most changed cells: how many, or 0. Its pixels, as wide as they fit, go to the
 * output as x, y, width, height (i32, coordinates of the display). The cells count as explained from then on.
 */
export function takeRectangle(): i32 {
  sumGains();
  const gain = findRectangle();
  if (gain === 0) return 0;
  trim();
  for (let y = top; y < bottom; y++) {
    for (let column = left; column < right; column++) {
      const at = states + <usize>y * <usize>columns + <usize>column;
      if (load<u8>(at) === CHANGED) store<u8>(at, EXPLAINED);
    }
  }
  storeRectangle();
  return gain;
}

function sumGains(): void {
  const line = (<usize>(columns + 1)) << 2;
  memory.fill(sums, 0, line);
  for (let y = 0; y < stagedHeight; y++) {
    const row = <usize>y * <usize>columns;
    let to = sums + <usize>(y + 1) * line;
    let sum = 0;
    store<i32>(to, 0);
    for (let column = 0; column < columns; column++) {
      to += 4;
      if (load<u8>(states + row + column) === CHANGED) sum += load<u8>(fits + row + column);
      store<i32>(to, load<i32>(to - line) + sum);
    }
  }
}

function gainOf(fromColumn: i32, toColumn: i32, fromRow: i32, toRow: i32): i32 {
  const high = sums + ((<usize>fromRow * <usize>(columns + 1)) << 2);
  const low = sums + ((<usize>toRow * <usize>(columns + 1)) << 2);
  const a = (<usize>fromColumn) << 2;
  const b = (<usize>toColumn) << 2;
  return load<i32>(low + b) - load<i32>(low + a) - load<i32>(high + b) + load<i32>(high + a);
}

/** Largest rectangle under a histogram, once for every row; weighed by gain instead of area. */
function findRectangle(): i32 {
  memory.fill(heights, 0, (<usize>(columns + 1)) << 2);
  let best = 0;
  for (let y = 0; y < stagedHeight; y++) {
    const row = fits + <usize>y * <usize>columns;
    let depth = 0;
    for (let column = 0; column <= columns; column++) {
      const at = heights + ((<usize>column) << 2);
      const grown = column < columns && load<u8>(row + column) ? load<i32>(at) + 1 : 0;
      store<i32>(at, grown);
      while (depth > 0 && load<i32>(heights + ((<usize>stacked(depth - 1)) << 2)) > grown) {
        depth--;
        const tall = load<i32>(heights + ((<usize>stacked(depth)) << 2));
        const start = depth > 0 ? stacked(depth - 1) + 1 : 0;
        best = propose(best, start, column, y + 1 - tall, y + 1);
      }
      store<i32>(stack + ((<usize>depth) << 2), column);
      depth++;
    }
  }
  return best;
}

function stacked(depth: i32): i32 {
  return load<i32>(stack + ((<usize>depth) << 2));
}

function propose(best: i32, fromColumn: i32, toColumn: i32, fromRow: i32, toRow: i32): i32 {
  const gain = gainOf(fromColumn, toColumn, fromRow, toRow);
  if (gain <= best) return best;
  left = fromColumn;
  right = toColumn;
  top = fromRow;
  bottom = toRow;
  return gain;
}

/** Cuts rows and columns of cells without gain from the edges. */
function trim(): void {
  while (gainOf(left, right, top, top + 1) === 0) top++;
  while (gainOf(left, right, bottom - 1, bottom) === 0) bottom--;
  while (gainOf(left, left + 1, top, bottom) === 0) left++;
  while (gainOf(right - 1, right, top, bottom) === 0) right--;
}

/** Cells are coarse: the edges move outwards as long as whole columns of pixels fit, by less than a cell. */
function storeRectangle(): void {
  let fromX = left * CELL;
  let toX = min(right * CELL, stagedWidth);
  const leftmost = max(0, fromX - CELL + 1);
  const rightmost = min(stagedWidth, toX + CELL - 1);
  while (fromX > leftmost && columnFits(fromX - 1)) fromX--;
  while (toX < rightmost && columnFits(toX)) toX++;
  store<i32>(output, stagedX + fromX);
  store<i32>(output, stagedY + top, 4);
  store<i32>(output, toX - fromX, 8);
  store<i32>(output, bottom - top, 12);
}

function columnFits(x: i32): bool {
  const fromX = stagedX + x - shiftX;
  if (fromX < 0 || fromX >= width) return false;
  for (let y = top; y < bottom; y++) {
    const now = load<u32>(stagedAt(stagedX + x, stagedY + y));
    if ((now ^ load<u32>(shadowAt(fromX, stagedY + y - shiftY))) & 0x00ff_ffff) return false;
  }
  return true;
}
