/** Rows beyond the edges, so that fast scrolling finds something there. */
const EXTRA = 8;

/** Which of `count` rows to have in the page, when `scrolled` pixels are above a window of `height` pixels. */
export function virtualRows({
  count,
  rowHeight,
  scrolled,
  height,
}: {
  count: number;
  rowHeight: number;
  scrolled: number;
  height: number;
}): { start: number; end: number } {
  const first = Math.floor(Math.max(0, scrolled) / rowHeight) - EXTRA;
  const last = Math.ceil((Math.max(0, scrolled) + height) / rowHeight) + EXTRA;
  const end = Math.min(count, Math.max(0, last));
  return { start: Math.max(0, Math.min(first, end)), end };
}

/** Where to scroll so that `row` is wholly visible below a head of `head` pixels; `scrolled` itself when it is. */
export function scrollToRow({
  row,
  rowHeight,
  scrolled,
  height,
  head,
}: {
  row: number;
  rowHeight: number;
  scrolled: number;
  height: number;
  head: number;
}): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  const bottom = top + rowHeight + head;
  return bottom > scrolled + height ? bottom - height : scrolled;
}
