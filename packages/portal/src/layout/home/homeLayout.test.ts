import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeLayout, type LayoutWish, placeOf, visibleParts } from './homeLayout.ts';

const wish = (part: Partial<LayoutWish> = {}): LayoutWish => ({
  view: 'cards',
  width: 1_008,
  height: 600,
  size: 240,
  textHeight: 70,
  hasPicture: true,
  counts: [1_000],
  hasHeadings: false,
  ...part,
});

test('as many columns as fit at the size, and pictures of 16 to 10 above the text', () => {
  const { columns, rowHeight, height } = homeLayout(wish());
  assert.equal(columns, 4);
  assert.equal(rowHeight, 220);
  assert.equal(height, 250 * (220 + 16) - 16);
  assert.equal(homeLayout(wish({ hasPicture: false })).rowHeight, 72);
});

test('a narrow window has at least one column, a table has one at any width', () => {
  assert.equal(homeLayout(wish({ width: 200 })).columns, 1);
  assert.equal(homeLayout(wish({ view: 'table', width: 3_440 })).columns, 1);
});

test('the wall fills the window while all fit, and never makes tiles smaller than wished', () => {
  const wall = (count: number) => homeLayout(wish({ view: 'wall', counts: [count] }));
  assert.deepEqual([wall(1).columns, wall(2).columns, wall(9).columns], [1, 2, 3]);
  assert.ok([1, 2, 9].every((count) => wall(count).height <= 600));
  assert.equal(wall(1_000).columns, 4);
});

test('only what is near the window is in the page, whole rows of it', () => {
  const layout = homeLayout(wish());
  const parts = visibleParts(layout, 20_000, 600);
  const [part] = parts;
  assert.equal(parts.length, 1);
  assert.ok(part && part.start > 300 && part.end < 380 && part.start % 4 === 0);
  assert.ok(part.before <= 20_000 && part.before > 20_000 - 400 - 236);
});

test('a folded section is its heading, sections out of sight are left out', () => {
  const layout = homeLayout(wish({ counts: [100, 0, 100], hasHeadings: true }));
  assert.equal(layout.sections[1]?.height, 40);
  assert.deepEqual(
    visibleParts(layout, 0, 600).map(({ at }) => at),
    [0],
  );
  const last = visibleParts(layout, layout.sections[1]?.top ?? 0, 600);
  assert.deepEqual(
    last.map(({ at, start }) => [at, start > 0]),
    [
      [0, true],
      [1, false],
      [2, false],
    ],
  );
});

test('nothing has no height, and scrolling past the end shows nothing', () => {
  assert.equal(homeLayout(wish({ counts: [] })).height, 0);
  assert.deepEqual(visibleParts(homeLayout(wish({ counts: [3] })), 9_000, 600), []);
});

test('the place of an item is inside the height of all', () => {
  const layout = homeLayout(wish({ counts: [10, 10], hasHeadings: true }));
  const { top, height } = placeOf(layout, 1, 9);
  assert.equal(top + height + layout.gap, layout.height);
});
