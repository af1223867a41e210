import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_TILE_PIXELS, type Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { joinBands, joinRuns, pixelsOf, splitCells, splitTiles } from './tiles.ts';

const rect: fc.Arbitrary<Rect> = fc
  .tuple(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 500 }))
  .map(([x, y, width, height]) => ({ x, y, width, height }));

test('tiles and cells cover their rectangle exactly once, none too large', () => {
  fc.assert(
    fc.property(rect, (rect) => {
      for (const [parts, most] of [
        [splitTiles(rect), MAX_TILE_PIXELS],
        [splitTiles(rect, 5_000), 5_000],
        [splitCells(rect), 128 * 64],
      ] as const) {
        assert.equal(pixelsOf(parts), rect.width * rect.height);
        for (const part of parts) {
          assert.ok(part.width * part.height <= most && part.width > 0 && part.height > 0);
          assert.ok(part.x >= rect.x && part.x + part.width <= rect.x + rect.width);
          assert.ok(part.y >= rect.y && part.y + part.height <= rect.y + rect.height);
        }
        assert.equal(new Set(parts.map(({ x, y }) => `${x} ${y}`)).size, parts.length);
      }
    }),
    { seed: 33, numRuns: 100 },
  );
});

test('cells of a whole tile are joined to that tile again', () => {
  const tile = { x: 7, y: 9, width: 700, height: 190 };
  assert.deepEqual(joinBands(joinRuns(splitCells(tile)), 1e6), [tile]);
});

test('only what fits together is joined, up to the size allowed', () => {
  const [a, b, c] = [0, 10, 20].map((y) => ({ x: 0, y, width: 50, height: 10 })) as [Rect, Rect, Rect];
  assert.deepEqual(joinBands([a, b, c], 1_000), [{ ...a, height: 20 }, c]);
  assert.deepEqual(joinBands([a, c], 1_000), [a, c]);
  assert.deepEqual(joinRuns([a, { ...a, x: 50 }, { ...a, x: 101 }]), [
    { ...a, width: 100 },
    { ...a, x: 101 },
  ]);
});
