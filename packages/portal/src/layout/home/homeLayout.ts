import type { HomeView } from '@porthole/protocol';

/** Where everything of a view is, in CSS pixels from the top of the first section. Rows of one view are of one height. */
export interface HomeLayout {
  columns: number;
  rowHeight: number;
  gap: number;
  sections: readonly PlacedSection[];
  height: number;
}

/** `top` and `height` with its heading; `count` is 0 while it is folded. */
export interface PlacedSection {
  top: number;
  height: number;
  headingHeight: number;
  count: number;
}

export interface LayoutWish {
  view: HomeView;
  /** Width and height there are. */
  width: number;
  height: number;
  /** Width of a card or tile that the user likes. */
  size: number;
  /** Height of a card without its picture, or of a row. */
  textHeight: number;
  hasPicture: boolean;
  /** How many devices each section shows; 0 while it is folded. */
  counts: readonly number[];
  hasHeadings: boolean;
}

const GAPS: Record<HomeView, number> = { cards: 16, table: 0, list: 0, wall: 4 };
const NARROW_GAP = 8;
const HEADING = 40;
const PICTURE = 10 / 16;
/** Lines of the compact list are not narrower, whatever the size of cards. */
const LINE_WIDTH = 280;
/** Border of a card, above and below. */
const BORDER = 2;

/** Computed rather than measured: a thousand cards are placed before one is in the page. */
export function homeLayout(wish: LayoutWish): HomeLayout {
  const gap = wish.view === 'cards' && wish.width < 600 ? NARROW_GAP : GAPS[wish.view];
  const columns = columnsOf(wish, gap);
  const cell = (wish.width - gap * (columns - 1)) / columns;
  const rowHeight = Math.floor(rowHeightOf(wish, { columns, gap, cell }));
  const headingHeight = wish.hasHeadings ? HEADING : 0;
  let top = 0;
  const sections = wish.counts.map((count) => {
    const height = headingHeight + rowsHeight(Math.ceil(count / columns), rowHeight, gap);
    const placed = { top, height, headingHeight, count };
    top += height + (wish.hasHeadings ? gap : 0);
    return placed;
  });
  return { columns, rowHeight, gap, sections, height: top };
}

function rowsHeight(rows: number, rowHeight: number, gap: number): number {
  return rows === 0 ? 0 : rows * (rowHeight + gap) - gap;
}

function rowHeightOf(wish: LayoutWish, { columns, gap, cell }: { columns: number; gap: number; cell: number }): number {
  const { view, textHeight, hasPicture } = wish;
  switch (view) {
    case 'cards':
      return textHeight + BORDER + (hasPicture ? (cell - BORDER) * PICTURE : 0);
    case 'wall':
      return wallHeight(wish, { columns, gap, cell });
    default:
      return textHeight;
  }
}

function columnsOf(wish: LayoutWish, gap: number): number {
  switch (wish.view) {
    case 'table':
      return 1;
    case 'list':
      return fitting(wish.width, Math.max(LINE_WIDTH, wish.size), gap);
    case 'cards':
      return fitting(wish.width, wish.size, gap);
    case 'wall':
      return wallColumns(wish, gap);
  }
}

function fitting(width: number, size: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (size + gap)));
}

/** The largest pictures with which all of one section is seen at once, but not smaller than the user likes them. */
function wallColumns(wish: LayoutWish, gap: number): number {
  const most = fitting(wish.width, wish.size, gap);
  if (wish.hasHeadings) return most;
  let best = { columns: most, picture: Math.min(wish.size, wish.width) };
  for (let columns = 1; columns <= most; columns++) {
    const picture = pictureWidth(wish, columns, gap);
    if (picture >= best.picture) best = { columns, picture };
  }
  return best.columns;
}

/** How wide a picture may be with so many columns, when all are to be seen at once. */
function pictureWidth(wish: LayoutWish, columns: number, gap: number): number {
  const cell = (wish.width - gap * (columns - 1)) / columns;
  return Math.min(cell, heightForAll(wish, columns, gap) / PICTURE);
}

/** Height of a tile when all are to be seen at once. */
function heightForAll({ height, counts }: LayoutWish, columns: number, gap: number): number {
  const rows = Math.max(1, Math.ceil((counts[0] ?? 0) / columns));
  return (height - gap * (rows - 1)) / rows;
}

function wallHeight(wish: LayoutWish, { columns, gap, cell }: { columns: number; gap: number; cell: number }): number {
  const high = cell * PICTURE;
  const forAll = wish.hasHeadings ? high : heightForAll(wish, columns, gap);
  return forAll / PICTURE >= Math.min(wish.size, wish.width) ? Math.min(high, forAll) : high;
}

/** The part of a section to have in the page: whole rows, and how far they are below the section's heading. */
export interface SectionWindow {
  /** Which section. */
  at: number;
  start: number;
  end: number;
  /** Room above the first of them. */
  before: number;
}

/** How far beyond the edges, in rows and in pixels, so that scrolling and tabbing find something there. */
const BEYOND = { rows: 1.5, least: 200, most: 400 };

/** What of the layout to have in the page when `scrolled` pixels are above a window of `height` pixels. */
export function visibleParts(layout: HomeLayout, scrolled: number, height: number): readonly SectionWindow[] {
  const beyond = clamp(layout.rowHeight * BEYOND.rows, BEYOND.least, BEYOND.most);
  const from = scrolled - beyond;
  const to = scrolled + height + beyond;
  return layout.sections.flatMap((section, at) => {
    if (section.top + section.height < from || section.top > to) return [];
    return [{ at, ...rowsBetween(layout, section, { from, to }) }];
  });
}

function rowsBetween(layout: HomeLayout, section: PlacedSection, { from, to }: { from: number; to: number }) {
  const step = layout.rowHeight + layout.gap;
  const rows = Math.ceil(section.count / layout.columns);
  const first = section.top + section.headingHeight;
  const start = clamp(Math.floor((from - first) / step), 0, rows);
  const end = clamp(Math.ceil((to - first) / step), start, rows);
  return {
    start: start * layout.columns,
    end: Math.min(section.count, end * layout.columns),
    before: start * step,
  };
}

/** Where an item is, and its height, so that it can be scrolled to. */
export function placeOf(layout: HomeLayout, at: number, index: number): { top: number; height: number } {
  const section = layout.sections[at];
  const row = Math.floor(index / layout.columns);
  const top = (section?.top ?? 0) + (section?.headingHeight ?? 0) + row * (layout.rowHeight + layout.gap);
  return { top, height: layout.rowHeight };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
