import type { Rect } from '@porthole/protocol';

/** A grid of cells, one byte each, row-major; not 0 is marked. */
export interface CellGrid {
  cells: Uint8Array;
  columns: number;
  rows: number;
}

/** Columns and rows, ends excluded. */
interface Block {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Another rectangle costs a receiver about what so many unmarked cells cost. */
const SLACK = 4;
const MAX_BLOCKS = 48;
/** So many are compared with each other. */
const MAX_COMPARED = 160;

/**
 * Disjoint rectangles, in cells, that hold all marked cells and few others; at most 48. Those that are joined are those that let
 * in the fewest unmarked cells; where there is a lot to tell apart, more are let in.
 */
export function mergeCells(grid: CellGrid): Rect[] {
  for (let slack = SLACK; ; slack *= 4) {
    const blocks = collectBlocks(grid, slack);
    if (blocks.length <= MAX_COMPARED) return separate(joinNearest(blocks)).map(toRect);
  }
}

/** Row by row: a run of marked cells joins the block above it that grows least in vain, or begins one. */
function collectBlocks({ cells, columns, rows }: CellGrid, slack: number): Block[] {
  const done: Block[] = [];
  let open: Block[] = [];
  for (let row = 0; row < rows; row++) {
    const begun: Block[] = [];
    for (const run of runsOf(cells.subarray(row * columns, (row + 1) * columns), { row, gap: slack / SLACK })) {
      const best = leastWaste(open, run, slack);
      if (best) extend(best, run);
      else begun.push(run);
    }
    done.push(...open.filter(({ bottom }) => bottom <= row));
    open = [...open.filter(({ bottom }) => bottom > row), ...begun];
  }
  return [...done, ...open];
}

/** Runs of marked cells in one row; those less than `gap` cells apart are one. */
function runsOf(cells: Uint8Array, { row, gap }: { row: number; gap: number }): Block[] {
  const runs: Block[] = [];
  for (let at = cells.findIndex(isMarked); at >= 0 && at < cells.length; at++) {
    if (cells[at] === 0) continue;
    const last = runs.at(-1);
    if (last && at - last.right < gap) last.right = at + 1;
    else runs.push({ left: at, right: at + 1, top: row, bottom: row + 1 });
  }
  return runs;
}

function isMarked(cell: number): boolean {
  return cell !== 0;
}

function leastWaste(blocks: Block[], run: Block, slack: number): Block | undefined {
  let best: Block | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const waste = wasteOf(block, run);
    if (waste >= least || waste > slack + areaOf(block) / 4) continue;
    best = block;
    least = waste;
  }
  return best;
}

/** A block, and what it could be joined to at least waste. */
interface Neighbour {
  block: Block;
  nearest: Neighbour | undefined;
  waste: number;
}

/** Joins the two nearest, again and again, as long as that is worth it or there are too many. */
function joinNearest(blocks: Block[]): Block[] {
  const all = new Set<Neighbour>(
    blocks.map((block) => ({ block, nearest: undefined, waste: Number.POSITIVE_INFINITY })),
  );
  for (const one of all) findNearest(one, all);
  while (true) {
    let best: Neighbour | undefined;
    for (const one of all) if (one.waste < (best?.waste ?? Number.POSITIVE_INFINITY)) best = one;
    if (!best?.nearest || (best.waste > SLACK && all.size <= MAX_BLOCKS)) return [...all].map(({ block }) => block);
    const gone = best.nearest;
    all.delete(gone);
    best.block = union(best.block, gone.block);
    for (const one of all) {
      if (one === best || one.nearest === gone || one.nearest === best) findNearest(one, all);
      else compare(one, best);
    }
  }
}

function findNearest(one: Neighbour, all: Iterable<Neighbour>): void {
  one.waste = Number.POSITIVE_INFINITY;
  one.nearest = undefined;
  for (const other of all) if (other !== one) compare(one, other);
}

function compare(one: Neighbour, other: Neighbour): void {
  const waste = wasteOf(one.block, other.block);
  if (waste >= one.waste) return;
  one.nearest = other;
  one.waste = waste;
}

/** How many cells the two together would hold that are in neither; less than none where they overlap. */
function wasteOf(a: Block, b: Block): number {
  const width = Math.max(a.right, b.right) - Math.min(a.left, b.left);
  const height = Math.max(a.bottom, b.bottom) - Math.min(a.top, b.top);
  return width * height - areaOf(a) - areaOf(b);
}

/** Joins blocks that have come to overlap, until none do. */
function separate(blocks: Block[]): Block[] {
  const apart: Block[] = [];
  for (let block of blocks) {
    for (let at = apart.findIndex((other) => overlap(block, other)); at >= 0; ) {
      block = union(block, apart[at] as Block);
      apart.splice(at, 1);
      at = apart.findIndex((other) => overlap(block, other));
    }
    apart.push(block);
  }
  return apart;
}

function overlap(a: Block, b: Block): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function union(a: Block, b: Block): Block {
  return {
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function extend(block: Block, run: Block): void {
  Object.assign(block, union(block, run));
}

function areaOf({ left, right, top, bottom }: Block): number {
  return (right - left) * (bottom - top);
}

function toRect({ left, right, top, bottom }: Block): Rect {
  return { x: left, y: top, width: right - left, height: bottom - top };
}
