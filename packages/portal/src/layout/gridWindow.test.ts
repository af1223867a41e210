import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GridShape, gridWindow } from './gridWindow.ts';

const shape: GridShape = { count: 1000, columns: 4, rowHeight: 240, gap: 16, scrolled: 0, height: 800 };
const STEP = 256;

test('at the top only the first rows and a few more are there', () => {
  const { start, end, before, after } = gridWindow(shape);
  assert.deepEqual({ start, end, before }, { start: 0, end: 28, before: 0 });
  assert.equal(after, (250 - 7) * STEP);
});

test('wherever it is scrolled to, what is visible is there and the whole height stays', () => {
  for (let scrolled = -500; scrolled < 70_000; scrolled += 137) {
    const { start, end, before, after } = gridWindow({ ...shape, scrolled });
    const rows = Math.ceil((end - start) / shape.columns);
    assert.equal(before + rows * STEP + after, 250 * STEP);
    const firstVisible = Math.max(0, Math.min(999, Math.floor(scrolled / STEP) * 4));
    assert.ok(start <= firstVisible && end > firstVisible);
    assert.equal(start % shape.columns, 0);
  }
});

test('the last row may be short, and there may be nothing', () => {
  assert.equal(gridWindow({ ...shape, count: 5 }).end, 5);
  assert.deepEqual(gridWindow({ ...shape, count: 0 }), { start: 0, end: 0, before: 0, after: 0 });
});
