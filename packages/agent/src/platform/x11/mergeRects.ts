import type { Rect } from '@porthole/protocol';

/** Unchanged pixels that are cheaper to take along than to capture and code another rectangle. */
const SLACK = 4_096;

/** The smallest rectangle around both. */
export function bounding(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height };
}

/** The part of `rect` inside `width` x `height`, or undefined when nothing of it is. */
export function clip(rect: Rect, width: number, height: number): Rect | undefined {
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  const right = Math.min(width, rect.x + rect.width);
  const bottom = Math.min(height, rect.y + rect.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/**
 * Adds `rect` to a short list in place, joining it with whatever lies close, so that the list covers everything that was
 * added and never holds more than `max` rectangles. Beyond `max` the pair is joined whose union wastes least.
 */
export function addRect(rects: Rect[], rect: Rect, max: number): void {
  let added = rect;
  for (let index = nearest(rects, added); index >= 0; index = nearest(rects, added)) {
    added = bounding(added, take(rects, index));
  }
  rects.push(added);
  if (rects.length > max) joinCheapest(rects, max);
}

/** Index of a rectangle that is worth joining with `rect`, or -1. */
function nearest(rects: readonly Rect[], rect: Rect): number {
  return rects.findIndex((other) => waste(other, rect) <= SLACK);
}

function joinCheapest(rects: Rect[], max: number): void {
  let [least, first, second] = [Number.POSITIVE_INFINITY, 0, 1];
  for (const [i, a] of rects.entries()) {
    for (let j = i + 1; j < rects.length; j++) {
      const b = rects[j];
      const cost = b ? waste(a, b) : Number.POSITIVE_INFINITY;
      if (cost < least) [least, first, second] = [cost, i, j];
    }
  }
  // The later one first: taking it does not move the earlier one.
  const b = take(rects, second);
  addRect(rects, bounding(take(rects, first), b), max);
}

/** Pixels of the union that neither rectangle needs; negative when they overlap. */
function waste(a: Rect, b: Rect): number {
  const union = bounding(a, b);
  return union.width * union.height - a.width * a.height - b.width * b.height;
}

function take(rects: Rect[], index: number): Rect {
  const [rect] = rects.splice(index, 1);
  if (!rect) throw new RangeError(`no rectangle at ${index}`);
  return rect;
}
