import type { Rect } from '@porthole/protocol';

/** Side of a block of the map, in pixels. */
const SIDE = 64;
const EXACT = Number.NEGATIVE_INFINITY;

/** Which parts of a picture viewers have only roughly, in blocks, and since when each has been quiet. Times in ms. */
export class LossyMap {
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  /** By block: when it last changed, `EXACT` when viewers have it bit for bit. */
  readonly #changedAt: Float64Array;
  #count = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / SIDE);
    this.#changedAt = new Float64Array(this.#columns * Math.ceil(height / SIDE)).fill(EXACT);
  }

  /** True when everything is exact. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** `rect` was sent with loss at `now`. */
  mark(rect: Rect, now: number): void {
    for (const block of this.#blocksOf(rect, 'touched')) this.#set(block, now);
  }

  /** `rect` was sent without loss. A block that it covers only in part stays rough, and counts as changed. */
  clear(rect: Rect, now: number): void {
    for (const block of this.#blocksOf(rect, 'touched')) if (this.#isRough(block)) this.#set(block, now);
    for (const block of this.#blocksOf(rect, 'covered')) this.#set(block, EXACT);
  }

  /** Whether any of `rect` is rough. */
  touches(rect: Rect): boolean {
    return this.#count > 0 && [...this.#blocksOf(rect, 'touched')].some((block) => this.#isRough(block));
  }

  /** When the first rough block will have been quiet for `quietMs`; infinite when all is exact. */
  nextQuiet(quietMs: number): number {
    let first = Number.POSITIVE_INFINITY;
    // Asked for after every picture, and mostly there is nothing.
    if (this.#count === 0) return first;
    for (const at of this.#changedAt) if (at !== EXACT && at < first) first = at;
    return first + quietMs;
  }

  /** Rough blocks that did not change since `before`, joined row-wise into rectangles of `tilePixels` at most, about `pixels` in all. */
  quiet(before: number, { pixels, tilePixels }: { pixels: number; tilePixels: number }): Rect[] {
    const found: Rect[] = [];
    const longest = Math.max(1, Math.floor(tilePixels / (SIDE * SIDE)));
    let left = pixels;
    for (let block = 0; block < this.#changedAt.length && left > 0; ) {
      const row = Math.floor(block / this.#columns);
      const end = Math.min((row + 1) * this.#columns, block + longest);
      let to = block;
      while (to < end && this.#isQuiet(to, before)) to++;
      if (to > block) {
        const rect = this.#rectOf(block, to);
        found.push(rect);
        left -= rect.width * rect.height;
      }
      block = Math.max(to, block + 1);
    }
    return found;
  }

  #isRough(block: number): boolean {
    return this.#changedAt[block] !== EXACT;
  }

  #isQuiet(block: number, before: number): boolean {
    return this.#isRough(block) && (this.#changedAt[block] as number) <= before;
  }

  #set(block: number, at: number): void {
    this.#count += (at === EXACT ? 0 : 1) - (this.#isRough(block) ? 1 : 0);
    this.#changedAt[block] = at;
  }

  #rectOf(from: number, to: number): Rect {
    const [x, y] = [(from % this.#columns) * SIDE, Math.floor(from / this.#columns) * SIDE];
    const width = Math.min((to - from) * SIDE, this.#width - x);
    return { x, y, width, height: Math.min(SIDE, this.#height - y) };
  }

  *#blocksOf({ x, y, width, height }: Rect, which: 'touched' | 'covered'): Generator<number> {
    const isTouched = which === 'touched';
    const reach = (from: number, to: number, limit: number): [first: number, end: number] => {
      if (isTouched) return [Math.floor(from / SIDE), Math.ceil(to / SIDE)];
      return [Math.ceil(from / SIDE), to === limit ? Math.ceil(to / SIDE) : Math.floor(to / SIDE)];
    };
    const [left, right] = reach(x, x + width, this.#width);
    const [top, bottom] = reach(y, y + height, this.#height);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) yield row * this.#columns + column;
    }
  }
}
