import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { DirtyRegion, intersect, subtract } from './dirtyRegion.ts';

const SIDE = 24;
const rect: fc.Arbitrary<Rect> = fc
  .record({
    x: fc.nat({ max: SIDE - 1 }),
    y: fc.nat({ max: SIDE - 1 }),
    width: fc.integer({ min: 1, max: SIDE }),
    height: fc.integer({ min: 1, max: SIDE }),
  })
  .map(({ x, y, width, height }) => ({
    x,
    y,
    width: Math.min(width, SIDE - x),
    height: Math.min(height, SIDE - y),
  }));

/** How often each pixel of a small display is covered. */
function coverage(rects: readonly Rect[]): Uint8Array {
  const counts = new Uint8Array(SIDE * SIDE);
  for (const { x, y, width, height } of rects) {
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) {
        const at = row * SIDE + column;
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  }
  return counts;
}

function isCovered(rects: readonly Rect[], at: number): boolean {
  return coverage(rects)[at] !== 0;
}

test('subtracting leaves exactly the pixels that the other does not cover, each once', () => {
  fc.assert(
    fc.property(rect, rect, (a, b) => {
      const [inA, inB, left] = [coverage([a]), coverage([b]), coverage(subtract(a, b))];
      for (let at = 0; at < left.length; at++) assert.equal(left[at], inA[at] === 1 && inB[at] === 0 ? 1 : 0);
    }),
    { seed: 12, numRuns: 500 },
  );
});

test('the intersection covers exactly what both cover', () => {
  fc.assert(
    fc.property(rect, rect, (a, b) => {
      const both = intersect(a, b);
      const [inA, inB, shared] = [coverage([a]), coverage([b]), coverage(both ? [both] : [])];
      for (let at = 0; at < shared.length; at++) assert.equal(shared[at], inA[at] === 1 && inB[at] === 1 ? 1 : 0);
    }),
    { seed: 13, numRuns: 500 },
  );
});

const step = fc.oneof(
  { weight: 6, arbitrary: rect.map((rect) => ({ add: rect })) },
  { weight: 2, arbitrary: rect.map((rect) => ({ remove: rect })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 400 }).map((take) => ({ take })) },
);

test('whatever is added, removed and taken: nothing dirty is forgotten, nothing is there twice, nothing comes twice', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const region = new DirtyRegion();
      const owed = new Uint8Array(SIDE * SIDE);
      for (const step of steps) {
        if ('add' in step) {
          region.add(step.add);
          for (const [at, count] of coverage([step.add]).entries()) if (count > 0) owed[at] = 1;
        } else if ('remove' in step) {
          region.remove(step.remove);
          for (const [at, count] of coverage([step.remove]).entries()) if (count > 0) owed[at] = 0;
        } else {
          const taken = coverage(region.take(step.take));
          for (const [at, count] of taken.entries()) {
            assert.ok(count <= 1, 'taken twice');
            if (count === 1) owed[at] = 0;
          }
        }
        const now = coverage(region.rects);
        for (const [at, count] of now.entries()) {
          assert.ok(count <= 1, 'rectangles overlap');
          assert.ok(count === 1 || owed[at] === 0, 'a dirty pixel was forgotten');
        }
        assert.ok(region.rects.length <= 48);
      }
    }),
    { seed: 14, numRuns: 300 },
  );
});

test('taking everything empties the region, in steps of about the size asked for', () => {
  fc.assert(
    fc.property(fc.array(rect, { minLength: 1, maxLength: 10 }), fc.integer({ min: 1, max: 200 }), (rects, pixels) => {
      const region = new DirtyRegion();
      for (const rect of rects) region.add(rect);
      const all = [...region.rects];
      const taken: Rect[] = [];
      while (!region.isEmpty) {
        const step = region.take(pixels);
        assert.ok(step.length > 0, 'every step gets further');
        const size = step.reduce((sum, { width, height }) => sum + width * height, 0);
        assert.ok(size < pixels + SIDE, 'at most one row more than asked');
        taken.push(...step);
      }
      assert.deepEqual(coverage(taken), coverage(all));
    }),
    { seed: 15, numRuns: 200 },
  );
});

test('what is older is taken first', () => {
  const region = new DirtyRegion();
  const first = { x: 0, y: 0, width: 2, height: 2 };
  const second = { x: 10, y: 10, width: 2, height: 2 };
  region.add(first);
  region.add(second);
  assert.deepEqual(region.take(4), [first]);
  assert.ok(isCovered(region.rects, 10 * SIDE + 10));
  region.clear();
  assert.ok(region.isEmpty);
});
