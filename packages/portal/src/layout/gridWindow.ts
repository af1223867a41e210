export interface GridShape {
  count: number;
  columns: number;
  /** Height of a row without the gap after it, in CSS pixels, as all the rest. */
  rowHeight: number;
  gap: number;
  /** How far the grid's top edge is above the top of what is visible; negative while below. */
  scrolled: number;
  /** Height of what is visible. */
  height: number;
}

/** Which items to render, and the room to keep before and after them. */
export interface GridWindow {
  start: number;
  end: number;
  before: number;
  after: number;
}

/** Rows beyond the edges, so that scrolling and tabbing find something there. */
const EXTRA_ROWS = 3;

/** The part of a long grid that is worth having in the page. Whole rows; never empty unless there is nothing. */
export function gridWindow({ count, columns, rowHeight, gap, scrolled, height }: GridShape): GridWindow {
  const rows = Math.ceil(count / columns);
  const step = rowHeight + gap;
  const firstRow = clamp(Math.floor(scrolled / step) - EXTRA_ROWS, 0, Math.max(0, rows - 1));
  const lastRow = clamp(Math.ceil((scrolled + height) / step) + EXTRA_ROWS, firstRow + 1, rows);
  return {
    start: firstRow * columns,
    end: Math.min(count, lastRow * columns),
    before: firstRow * step,
    after: Math.max(0, rows - lastRow) * step,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
