import { MAX_TILE_PIXELS, type Rect } from '@porthole/protocol';

/** Cuts a rectangle into tiles of at most `pixels`, in bands as wide as the rectangle where possible. */
export function splitTiles(rect: Rect, pixels: number = MAX_TILE_PIXELS): Rect[] {
  const tiles: Rect[] = [];
  const width = Math.min(rect.width, pixels);
  const height = Math.max(1, Math.floor(pixels / width));
  for (let y = 0; y < rect.height; y += height) {
    for (let x = 0; x < rect.width; x += width) {
      tiles.push({
        x: rect.x + x,
        y: rect.y + y,
        width: Math.min(width, rect.width - x),
        height: Math.min(height, rect.height - y),
      });
    }
  }
  return tiles;
}

/** Joins each rectangle with those right below it of the same width, as long as no more than `pixels` come together. */
export function joinBands(rects: readonly Rect[], pixels: number): Rect[] {
  const joined: Rect[] = [];
  for (const rect of rects) {
    const above = joined.at(-1);
    const isBelow = above && above.x === rect.x && above.width === rect.width && above.y + above.height === rect.y;
    if (isBelow && rect.width * (above.height + rect.height) <= pixels) above.height += rect.height;
    else joined.push({ ...rect });
  }
  return joined;
}

/** Pixels of all rectangles together. */
export function pixelsOf(rects: readonly Rect[]): number {
  return rects.reduce((sum, { width, height }) => sum + width * height, 0);
}

/** Side lengths of a cell, in pixels: small enough for few colours, large enough to be worth a message's head. */
const CELL = { width: 128, height: 64 } as const;

/** Cuts a rectangle into cells, row by row. */
export function splitCells(rect: Rect): Rect[] {
  const cells: Rect[] = [];
  for (let y = 0; y < rect.height; y += CELL.height) {
    for (let x = 0; x < rect.width; x += CELL.width) {
      const [width, height] = [Math.min(CELL.width, rect.width - x), Math.min(CELL.height, rect.height - y)];
      cells.push({ x: rect.x + x, y: rect.y + y, width, height });
    }
  }
  return cells;
}

/** Joins each rectangle with those right beside it of the same height. */
export function joinRuns(rects: readonly Rect[]): Rect[] {
  const joined: Rect[] = [];
  for (const rect of rects) {
    const left = joined.at(-1);
    const isBeside = left && left.y === rect.y && left.height === rect.height && left.x + left.width === rect.x;
    if (isBeside) left.width += rect.width;
    else joined.push({ ...rect });
  }
  return joined;
}
