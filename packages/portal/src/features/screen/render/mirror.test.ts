import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Mirror } from './mirror.ts';

const [WIDTH, HEIGHT] = [20, 16];
const rect = fc
  .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.integer({ min: 1, max: WIDTH }), fc.integer({ min: 1, max: HEIGHT }))
  .map(([x, y, width, height]) => ({ x, y, width: Math.min(width, WIDTH - x), height: Math.min(height, HEIGHT - y) }));
const step = fc.oneof(
  fc.record({ kind: fc.constant('fill' as const), rect, colour: fc.nat(0xffffff) }),
  fc.record({ kind: fc.constant('put' as const), rect, seed: fc.nat(1000) }),
  fc.record({ kind: fc.constant('copy' as const), rect, from: fc.tuple(fc.nat(WIDTH), fc.nat(HEIGHT)) }),
);

/** As much of ImageData as is used. */
function blank(): ImageData {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  return { data, width: WIDTH, height: HEIGHT, colorSpace: 'srgb' } as ImageData;
}

test('fills, pixels and copies that overlap do what they do on a canvas', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const mirror = new Mirror(blank());
      let model: number[][] = Array.from({ length: HEIGHT }, () => Array(WIDTH).fill(0));
      for (const step of steps) {
        const { x, y, width, height } = step.rect;
        const before = model.map((row) => [...row]);
        const [fromX, fromY] =
          step.kind === 'copy'
            ? [Math.min(step.from[0], WIDTH - width), Math.min(step.from[1], HEIGHT - height)]
            : [0, 0];
        const rowPixels = width + 2;
        const rgba = new Uint8ClampedArray(rowPixels * height * 4).map(
          (_, at) => (at * 7 + (step.kind === 'put' ? step.seed : 0)) & 255,
        );
        const words = new Uint32Array(rgba.buffer);
        if (step.kind === 'fill') mirror.fill(step.rect, step.colour);
        else if (step.kind === 'put') mirror.put(step.rect, rgba, rowPixels);
        else mirror.copy({ fromX, fromY }, step.rect);
        model = model.map((row, py) =>
          row.map((value, px) => {
            if (px < x || px >= x + width || py < y || py >= y + height) return value;
            if (step.kind === 'fill') return swap(step.colour);
            if (step.kind === 'put') return words[(py - y) * rowPixels + px - x] ?? 0;
            return before[py - y + fromY]?.[px - x + fromX] ?? 0;
          }),
        );
      }
      assert.deepEqual([...new Uint32Array(mirror.image.data.buffer)], model.flat());
    }),
    { seed: 51, numRuns: 300 },
  );
});

/** 0xRRGGBB as an opaque word of a canvas. */
function swap(colour: number): number {
  return (0xff00_0000 | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16)) >>> 0;
}
