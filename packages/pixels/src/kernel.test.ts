import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { PixelKernel } from './index.ts';
import {
  COLOUR,
  hash,
  inside,
  noise,
  Picture,
  pixelsOf,
  scenes,
  shadowOf,
  showing,
  stage,
  text,
} from './testing/picture.ts';

test('accepting takes exactly the part over', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, scenes, async ({ width, height, rect, seed }, other) => {
      const before = new Picture(width, height, noise(seed));
      const now = new Picture(width, height, noise(seed + 1));
      const kernel = await showing(before);
      const part = {
        x: rect.x + (other.rect.x % rect.width),
        y: rect.y + (other.rect.y % rect.height),
        width: 1,
        height: 1,
      };
      part.width = 1 + (other.seed % (rect.x + rect.width - part.x));
      part.height = 1 + (other.seed % (rect.y + rect.height - part.y));
      stage(kernel, now, rect);
      kernel.accept(rect, part);
      const wanted = new Picture(width, height, (x, y) => (inside(part, x, y) ? now : before).colour(x, y));
      assert.deepEqual(coloursOf(shadowOf(kernel)), coloursOf(wanted));
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('what differs is found, tightly, and nothing else is touched', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.integer({ min: 1, max: 400 }), async ({ width, height, rect, seed }, rarity) => {
      const before = new Picture(width, height, (x, y) => hash(seed, x >> 3, y) % 3);
      const now = new Picture(width, height, (x, y) => {
        const same = hash(seed + 1, x, y) % rarity > 0;
        return (same ? before.colour(x, y) : before.colour(x, y) ^ 0x10000) | (hash(x) << 24);
      });
      const kernel = await showing(before);
      stage(kernel, now, rect);
      const found = kernel.diff(rect);
      for (const [x, y] of pixelsOf(rect)) {
        const holders = found.filter((part) => inside(part, x, y)).length;
        assert.ok(holders <= 1, 'disjoint');
        if (now.colour(x, y) !== before.colour(x, y)) assert.equal(holders, 1);
      }
      for (const part of found) assertTight(part, (x, y) => now.colour(x, y) !== before.colour(x, y));
      assert.ok(found.every((part) => inside(rect, part.x, part.y)));
      assert.deepEqual(coloursOf(shadowOf(kernel)), coloursOf(before));
    }),
    { seed: 2, numRuns: 80 },
  );
});

test('pixels move as if through a copy, however the places overlap', async () => {
  const shifts = fc.integer({ min: -40, max: 40 });
  await fc.assert(
    fc.asyncProperty(scenes, shifts, shifts, async ({ width, height, rect, seed }, dx, dy) => {
      const before = new Picture(width, height, noise(seed));
      const kernel = await showing(before);
      const from = {
        x: Math.min(Math.max(0, rect.x + dx), width - rect.width),
        y: Math.min(Math.max(0, rect.y + dy), height - rect.height),
      };
      kernel.copyWithin(from, rect);
      const wanted = new Picture(width, height, (x, y) =>
        inside(rect, x, y) ? before.colour(x - rect.x + from.x, y - rect.y + from.y) : before.colour(x, y),
      );
      assert.deepEqual(coloursOf(shadowOf(kernel)), coloursOf(wanted));
    }),
    { seed: 3, numRuns: 80 },
  );
});

test('a display of 8192 pixels across works at its edges', async () => {
  const picture = new Picture(8192, 40, text(0, 0));
  const kernel = await showing(picture);
  const corner = { x: 8191, y: 39, width: 1, height: 1 };
  stage(kernel, new Picture(8192, 40, () => 0x123456), corner);
  assert.deepEqual(kernel.diff(corner), [corner]);
  kernel.accept(corner, corner);
  assert.deepEqual([...kernel.shadow.slice(-4)], [0x56, 0x34, 0x12, 0]);
  assert.deepEqual([...(kernel.index('shadow', corner)?.colours ?? [])], [0x123456]);
  assert.deepEqual([...kernel.differences('shadow', corner)], [0x12, 0x34, 0x56]);
  assert.deepEqual(kernel.findMoves(corner), []);
  assert.equal(kernel.naturalness('shadow', corner), 0);
});

test('views stay the same memory while the kernel is used', async () => {
  const kernel = await PixelKernel.open(64, 64);
  const [shadow, staging] = [kernel.shadow, kernel.staging(64 * 64 * 4)];
  staging.fill(7);
  kernel.accept({ x: 0, y: 0, width: 64, height: 64 }, { x: 0, y: 0, width: 64, height: 64 });
  assert.ok(shadow.every((byte) => byte === 7));
});

test('rectangles that are not inside, and displays that cannot be, are refused', async () => {
  for (const [width, height] of [
    [0, 5],
    [5, -1],
    [1.5, 2],
    [Number.NaN, 2],
    [16_384, 8192],
    [16_385, 1],
    [1e9, 1e9],
  ] as const) {
    await assert.rejects(PixelKernel.open(width, height), RangeError);
  }
  const kernel = await PixelKernel.open(100, 50);
  const fine = { x: 0, y: 0, width: 100, height: 50 };
  const wrong = [
    { ...fine, x: 1 },
    { ...fine, y: -1 },
    { ...fine, width: 0 },
    { ...fine, height: 51 },
    { ...fine, x: 0.5 },
    { ...fine, width: Number.NaN },
  ];
  for (const rect of wrong) {
    assert.throws(() => kernel.diff(rect), RangeError);
    assert.throws(() => kernel.accept(fine, rect), RangeError);
    assert.throws(() => kernel.copyWithin({ x: 0, y: 0 }, rect), RangeError);
    assert.throws(() => kernel.findMoves(rect), RangeError);
    assert.throws(() => kernel.index('shadow', rect), RangeError);
    assert.throws(() => kernel.differences({ staged: rect }, fine), RangeError);
  }
  const small = { x: 10, y: 10, width: 5, height: 5 };
  assert.throws(() => kernel.accept(small, fine), RangeError);
  assert.throws(() => kernel.index({ staged: small }, fine), RangeError);
  assert.throws(() => kernel.copyWithin({ x: 96, y: 0 }, small), RangeError);
  assert.throws(() => kernel.staging(100 * 50 * 4 + 1), RangeError);
  assert.throws(() => kernel.staging(-1), RangeError);
});

function coloursOf(picture: Picture): Uint32Array {
  return picture.words.map((word) => word & COLOUR);
}

/** Every edge of the part has a pixel that differs. */
function assertTight({ x, y, width, height }: Rect, differs: (x: number, y: number) => boolean): void {
  const edges = [
    { x, y, width, height: 1 },
    { x, y: y + height - 1, width, height: 1 },
    { x, y, width: 1, height },
    { x: x + width - 1, y, width: 1, height },
  ];
  for (const edge of edges) assert.ok([...pixelsOf(edge)].some(([atX, atY]) => differs(atX, atY)));
}
