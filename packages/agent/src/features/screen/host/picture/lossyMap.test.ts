import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_TILE_PIXELS, type Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { LossyMap } from './lossyMap.ts';

const [WIDTH, HEIGHT] = [300, 200];
const whole: Rect = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const rect: fc.Arbitrary<Rect> = fc
  .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.integer({ min: 1, max: WIDTH }), fc.integer({ min: 1, max: HEIGHT }))
  .map(([x, y, width, height]) => ({ x, y, width: Math.min(width, WIDTH - x), height: Math.min(height, HEIGHT - y) }));

const ALL = { pixels: 1e6, tilePixels: 65_536 };

test('what was sent roughly is refined completely, and nothing stays', () => {
  fc.assert(
    fc.property(fc.array(rect, { minLength: 1, maxLength: 8 }), (rects) => {
      const rough = new Uint8Array(WIDTH * HEIGHT);
      const map = new LossyMap(WIDTH, HEIGHT);
      for (const rect of rects) {
        map.mark(rect, 5);
        fill(rough, rect, 1);
      }
      for (let steps = 0; !map.isEmpty; steps++) {
        assert.ok(steps < 100, 'every step gets further');
        for (const quiet of map.quiet(5, { pixels: 20_000, tilePixels: 65_536 })) {
          assert.ok(quiet.width * quiet.height <= MAX_TILE_PIXELS);
          map.clear(quiet, 6);
          fill(rough, quiet, 0);
        }
      }
      assert.ok(!rough.includes(1));
      assert.equal(map.nextQuiet(100), Number.POSITIVE_INFINITY);
    }),
    { seed: 31, numRuns: 100 },
  );
});

test('a block is only exact when it was covered wholly without loss', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(rect, fc.boolean()), { maxLength: 20 }), (steps) => {
      const rough = new Uint8Array(WIDTH * HEIGHT);
      const map = new LossyMap(WIDTH, HEIGHT);
      for (const [rect, isLossy] of steps) {
        if (isLossy) map.mark(rect, 1);
        else map.clear(rect, 1);
        fill(rough, rect, isLossy ? 1 : 0);
        if (map.isEmpty) assert.ok(!rough.includes(1));
      }
    }),
    { seed: 32, numRuns: 200 },
  );
});

test('what still changes waits until it has been quiet', () => {
  const map = new LossyMap(WIDTH, HEIGHT);
  map.mark(whole, 0);
  map.mark({ x: 0, y: 0, width: 64, height: 64 }, 50);
  assert.equal(map.nextQuiet(100), 100);
  assert.ok(!map.quiet(0, ALL).some(({ x, y }) => x === 0 && y === 0));
  assert.ok(map.quiet(50, ALL).some(({ x, y }) => x === 0 && y === 0));
  map.clear({ x: 0, y: 0, width: 10, height: 10 }, 90);
  assert.ok(!map.quiet(89, ALL).some(({ x, y }) => x === 0 && y === 0), 'a change of a part counts');
});

test('it knows whether anything rough is near', () => {
  const map = new LossyMap(WIDTH, HEIGHT);
  assert.equal(map.touches(whole), false);
  map.mark({ x: 250, y: 150, width: 5, height: 5 }, 0);
  assert.ok(map.touches({ x: 255, y: 155, width: 1, height: 1 }));
  assert.equal(map.touches({ x: 0, y: 0, width: 64, height: 64 }), false);
});

function fill(pixels: Uint8Array, { x, y, width, height }: Rect, value: number): void {
  for (let row = y; row < y + height; row++) pixels.fill(value, row * WIDTH + x, row * WIDTH + x + width);
}

test('parts are as large as asked for, and at least one block', () => {
  const map = new LossyMap(1_024, 64);
  map.mark({ x: 0, y: 0, width: 1_024, height: 64 }, 0);
  const widths = (tilePixels: number) => map.quiet(1, { pixels: 1e6, tilePixels }).map(({ width }) => width);
  assert.deepEqual(widths(30_000), [448, 448, 128]);
  assert.equal(widths(10).length, 16);
});
