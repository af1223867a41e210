import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scrollToRow, virtualRows } from './virtualRows.ts';

test('of 200,000 rows only those near the window are in the page', () => {
  const { start, end } = virtualRows({ count: 200_000, rowHeight: 28, scrolled: 2_800_000, height: 560 });
  assert.ok(start <= 100_000 && end >= 100_020, `${start} to ${end}`);
  assert.ok(end - start < 60);
});

test('a list that shrank below what is scrolled shows nothing wrong', () => {
  assert.deepEqual(virtualRows({ count: 3, rowHeight: 28, scrolled: 99_999, height: 560 }), { start: 3, end: 3 });
  assert.deepEqual(virtualRows({ count: 0, rowHeight: 28, scrolled: 0, height: 560 }), { start: 0, end: 0 });
  assert.equal(virtualRows({ count: 3, rowHeight: 28, scrolled: -50, height: 560 }).start, 0);
});

test('a row that is not in sight is scrolled to, as little as needed', () => {
  const view = { rowHeight: 10, scrolled: 100, height: 100, head: 20 };
  assert.equal(scrollToRow({ ...view, row: 12 }), 100);
  assert.equal(scrollToRow({ ...view, row: 5 }), 50);
  assert.equal(scrollToRow({ ...view, row: 30 }), 230);
});
