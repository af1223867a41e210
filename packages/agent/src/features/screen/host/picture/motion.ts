import type { Rect } from '@porthole/protocol';
import { boundingBox, contains, intersect } from './dirtyRegion.ts';

/** Side of a cell, in pixels. */
const SIDE = 64;
/** Time constant of the change rates, in ms. */
const MEMORY_MS = 500;
/** Changes per second at which a cell counts as moving, and below which it no longer does. */
const ENTER = 6;
const STAY = 1.5;
/** A slow link sees fewer changes: there a cell moves that changes in this share of all pictures, at least at the second rate. */
const SLOW = { share: 0.7, least: 3.2 } as const;
/** Smallest area that is worth a video, in pixels. */
const MIN_PIXELS = 60_000;
/** A region is a good one while at least this share of its cells moves. */
const MIN_FILLED = 0.5;
/** Changes this recent tell where in its cells a region begins and ends, in ms. */
const RECENT_MS = 500;

/**
 * Where a picture keeps moving: change rates by cell, and the one region in lasting motion. A region stays as it is while most
 * of it moves, so that a video of it can go on. Times in ms.
 */
export class Motion {
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Changes per second, by cell, as of `#at`. */
  readonly #rates: Float32Array;
  readonly #at: Float64Array;
  /** Pictures with any change per second, as of `#pictureAt`. */
  #pictures = 0;
  #pictureAt = 0;
  #recent: { rect: Rect; at: number }[] = [];
  #region: Rect | undefined;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / SIDE);
    this.#rows = Math.ceil(height / SIDE);
    this.#rates = new Float32Array(this.#columns * this.#rows);
    this.#at = new Float64Array(this.#columns * this.#rows);
  }

  /** These rectangles changed at once, in a way that is dear to send without loss. */
  changed(rects: readonly Rect[], now: number): void {
    if (rects.length === 0) return;
    this.#pictures = decayed(this.#pictures, this.#pictureAt, now) + 1000 / MEMORY_MS;
    this.#pictureAt = now;
    const touched = new Set(rects.flatMap((rect) => this.#cellsOf(rect)));
    for (const cell of touched) {
      this.#rates[cell] = this.#rateOf(cell, now) + 1000 / MEMORY_MS;
      this.#at[cell] = now;
    }
    this.#recent = [...this.#recent, ...rects.map((rect) => ({ rect, at: now }))].filter(
      ({ at }) => at > now - RECENT_MS,
    );
  }

  /** The region in lasting motion, even in place and size; undefined when nothing is. */
  region(now: number): Rect | undefined {
    const { cells, box } = this.#largest(now);
    const known = this.#region && this.#cellsOf(this.#region);
    if (this.#region && known && this.#isAlive(known, now) && (!box || contains(this.#region, this.#tight(box, now)))) {
      return this.#region;
    }
    const found = box && this.#tight(box, now);
    const isFilled = found && cells.length >= MIN_FILLED * this.#cellsOf(found).length;
    this.#region = isFilled && found.width * found.height >= MIN_PIXELS ? found : undefined;
    return this.#region;
  }

  #isAlive(cells: number[], now: number): boolean {
    return cells.filter((cell) => this.#rateOf(cell, now) >= STAY).length >= MIN_FILLED * cells.length;
  }

  #rateOf(cell: number, now: number): number {
    return decayed(this.#rates[cell] as number, this.#at[cell] as number, now);
  }

  #cellsOf({ x, y, width, height }: Rect): number[] {
    const cells: number[] = [];
    const right = Math.min(this.#columns, Math.ceil((x + width) / SIDE));
    const bottom = Math.min(this.#rows, Math.ceil((y + height) / SIDE));
    for (let row = Math.floor(y / SIDE); row < bottom; row++) {
      for (let column = Math.floor(x / SIDE); column < right; column++) cells.push(row * this.#columns + column);
    }
    return cells;
  }

  /** The largest group of neighbouring cells that move, and the box around it. */
  #largest(now: number): { cells: number[]; box: Rect | undefined } {
    const moving = new Set<number>();
    const pictures = decayed(this.#pictures, this.#pictureAt, now);
    const enter = Math.min(ENTER, Math.max(SLOW.least, SLOW.share * pictures));
    for (let cell = 0; cell < this.#rates.length; cell++) {
      if (this.#rates[cell] !== 0 && this.#rateOf(cell, now) >= enter) moving.add(cell);
    }
    let largest: number[] = [];
    for (const start of moving) {
      const group = this.#takeGroup(start, moving);
      if (group.length > largest.length) largest = group;
    }
    return {
      cells: largest,
      box: largest.length > 0 ? boundingBox(largest.map((cell) => this.#boxOf(cell))) : undefined,
    };
  }

  #takeGroup(start: number, moving: Set<number>): number[] {
    const group = [start];
    moving.delete(start);
    for (const cell of group) {
      const column = cell % this.#columns;
      const around = [cell - this.#columns, cell + this.#columns];
      if (column > 0) around.push(cell - 1);
      if (column < this.#columns - 1) around.push(cell + 1);
      for (const next of around) if (moving.delete(next)) group.push(next);
    }
    return group;
  }

  #boxOf(cell: number): Rect {
    const [x, y] = [(cell % this.#columns) * SIDE, Math.floor(cell / this.#columns) * SIDE];
    return { x, y, width: Math.min(SIDE, this.#width - x), height: Math.min(SIDE, this.#height - y) };
  }

  /** The part of a box that changed of late, shrunk to even edges: what is left out at an edge is not in motion as a video. */
  #tight(box: Rect, now: number): Rect {
    const rects = this.#recent.flatMap(({ rect, at }) => (at > now - RECENT_MS ? (intersect(rect, box) ?? []) : []));
    const { x, y, width, height } = rects.length > 0 ? boundingBox(rects) : box;
    const [left, top] = [x + (x % 2), y + (y % 2)];
    const even = (end: number, start: number) => Math.max(0, end - start - ((end - start) % 2));
    return { x: left, y: top, width: even(x + width, left), height: even(y + height, top) };
  }
}

function decayed(rate: number, at: number, now: number): number {
  return rate * Math.exp((at - now) / MEMORY_MS);
}
