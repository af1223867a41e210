import type { Rect } from '@porthole/protocol';

/** More rectangles than this are not worth their bookkeeping: they become their bounding box. */
const MAX_RECTS = 48;

/** The parts of `a` that `b` does not cover: at most four rectangles. */
export function subtract(a: Rect, b: Rect): Rect[] {
  const both = intersect(a, b);
  if (!both) return [a];
  const aBottom = a.y + a.height;
  const bottom = both.y + both.height;
  const right = both.x + both.width;
  const parts = [
    { x: a.x, y: a.y, width: a.width, height: both.y - a.y },
    { x: a.x, y: bottom, width: a.width, height: aBottom - bottom },
    { x: a.x, y: both.y, width: both.x - a.x, height: both.height },
    { x: right, y: both.y, width: a.x + a.width - right, height: both.height },
  ];
  return parts.filter((part) => part.width > 0 && part.height > 0);
}

/** What both cover; undefined when they do not overlap. */
export function intersect(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Whether all of `inner` is inside `outer`. */
export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Area that still has to be sent, as disjoint rectangles. However much changes however often, it stays small. */
export class DirtyRegion {
  #rects: Rect[] = [];

  get isEmpty(): boolean {
    return this.#rects.length === 0;
  }

  get rects(): readonly Rect[] {
    return this.#rects;
  }

  add(rect: Rect): void {
    this.remove(rect);
    this.#rects.push(rect);
    if (this.#rects.length > MAX_RECTS) this.#rects = [boundingBox(this.#rects)];
  }

  remove(rect: Rect): void {
    this.#rects = this.#rects.flatMap((known) => subtract(known, rect));
  }

  clear(): void {
    this.#rects = [];
  }

  /** Takes out at most about `pixels`, oldest first; a larger rectangle is cut between rows, at least one row at a time. */
  take(pixels: number): Rect[] {
    const taken: Rect[] = [];
    let left = pixels;
    while (left > 0) {
      const rect = this.#rects.shift();
      if (!rect) break;
      const rows = Math.min(rect.height, Math.max(1, Math.floor(left / rect.width)));
      taken.push({ ...rect, height: rows });
      left -= rect.width * rows;
      if (rows < rect.height) this.#rects.unshift({ ...rect, y: rect.y + rows, height: rect.height - rows });
    }
    return taken;
  }
}

/** The smallest rectangle around all; there must be one. */
export function boundingBox(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
