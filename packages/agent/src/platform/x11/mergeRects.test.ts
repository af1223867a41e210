import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { addRect, bounding, clip } from './mergeRects.ts';

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });

const anyRect = fc
  .tuple(fc.nat(1900), fc.nat(1000), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 }))
  .map(([x, y, width, height]) => rect(x, y, width, height));

function merged(rects: readonly Rect[], max = 32): Rect[] {
  const list: Rect[] = [];
  for (const one of rects) addRect(list, one, max);
  return list;
}

function covers(outer: Rect, inner: Rect): boolean {
  const union = bounding(outer, inner);
  return union.width === outer.width && union.height === outer.height;
}

test('whatever is added stays covered, in at most the allowed number of rectangles', () => {
  const property = fc.property(fc.array(anyRect, { maxLength: 120 }), fc.integer({ min: 1, max: 32 }), (rects, max) => {
    const list = merged(rects, max);
    assert.ok(list.length <= max);
    for (const one of rects) assert.ok(list.some((other) => covers(other, one)));
  });
  fc.assert(property, { seed: 20_261_122, numRuns: 300 });
});

test('a strip and a far box stay apart', () => {
  const [strip, box] = [rect(100, 100, 512, 16), rect(1400, 800, 300, 200)];
  assert.deepEqual(merged([strip, box]), [strip, box]);
});

test('letters of one line become one rectangle', () => {
  const letters = Array.from({ length: 60 }, (_, index) => rect(10 * index, 40, 9, 16));
  assert.deepEqual(merged(letters), [rect(0, 40, 599, 16)]);
});

test('a rectangle inside another one disappears', () => {
  assert.deepEqual(merged([rect(0, 0, 500, 500), rect(100, 100, 5, 5)]), [rect(0, 0, 500, 500)]);
});

test('clipping keeps what is inside the display, and nothing of what is outside', () => {
  assert.deepEqual(clip(rect(-10, -5, 30, 20), 100, 50), rect(0, 0, 20, 15));
  assert.deepEqual(clip(rect(90, 40, 30, 20), 100, 50), rect(90, 40, 10, 10));
  assert.equal(clip(rect(100, 0, 5, 5), 100, 50), undefined);
  assert.equal(clip(rect(5, 5, 0, 9), 100, 50), undefined);
});
