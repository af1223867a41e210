import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Shrinker } from './shrinker.ts';

/** The mean of what of a block is inside, of one colour, rounded. */
function meanOf(rows: number[][], x: number, y: number, factor: number): number {
  const block = rows.slice(y, y + factor).flatMap((row) => row.slice(x, x + factor));
  return Math.round(block.reduce((sum, value) => sum + value, 0) / block.length);
}

test('each pixel is the mean of its block, in any size, for several pictures one after another', async () => {
  const side = fc.integer({ min: 1, max: 700 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 64 }), side, side, fc.nat(200), async (factor, width, height, gap) => {
      const shrinker = await Shrinker.open(width, factor);
      for (const narrower of [0, Math.floor(width / 2)]) {
        const shown = width - narrower;
        const rows = Array.from({ length: height }, (_, y) =>
          Array.from({ length: shown }, (_, x) => (x * x * 7 + y * 31) & 255),
        );
        const stride = shown * 4 + gap;
        const data = new Uint8Array(stride * height);
        for (const [y, row] of rows.entries()) {
          for (const [x, value] of row.entries()) data.set([value, 255 - value, 7, 99], y * stride + x * 4);
        }
        const [columns, lines] = [Math.ceil(shown / factor), Math.ceil(height / factor)];
        const out = new Uint8Array(columns * lines * 4);
        shrinker.shrink({ data, stride, width: shown, height }, out);
        for (let pixel = 0; pixel < columns * lines; pixel += 13) {
          const [x, y] = [(pixel % columns) * factor, Math.floor(pixel / columns) * factor];
          assert.equal(out[pixel * 4], meanOf(rows, x, y, factor), `${x},${y}`);
          assert.equal(out[pixel * 4 + 2], 7);
        }
      }
    }),
    { seed: 11, numRuns: 25 },
  );
});
