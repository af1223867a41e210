import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '@porthole/protocol';
import fc from 'fast-check';
import type { Pixels } from '../backend.ts';
import { Shadow } from './shadow.ts';

const WIDTH = 8;
const HEIGHT = 6;

/** Exactly `rect` of a picture of one byte per pixel, with padded rows. */
function grab(picture: Uint8Array, { x, y, width, height }: Rect): Pixels {
  const stride = width * 4 + 8;
  const data = new Uint8Array(stride * height).fill(0xee);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = picture[(y + row) * WIDTH + x + column] ?? 0;
      data.fill(value, row * stride + column * 4, row * stride + column * 4 + 4);
    }
  }
  return { data, stride, width, height };
}

const whole: Rect = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const rect: fc.Arbitrary<Rect> = fc
  .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.integer({ min: 1, max: WIDTH }), fc.integer({ min: 1, max: HEIGHT }))
  .map(([x, y, width, height]) => ({ x, y, width: Math.min(width, WIDTH - x), height: Math.min(height, HEIGHT - y) }));

test('a first look at anything counts as changed, even where it is black', () => {
  const black = new Uint8Array(WIDTH * HEIGHT);
  const shadow = new Shadow(WIDTH, HEIGHT);
  assert.deepEqual(shadow.update(whole, grab(black, whole)), whole);
  assert.equal(shadow.update(whole, grab(black, whole)), undefined);
});

test('a viewer that draws what is reported has the picture, pixel for pixel, and repaints are not reported', () => {
  const step = fc.tuple(rect, fc.array(fc.tuple(fc.nat(WIDTH * HEIGHT - 1), fc.integer({ min: 0, max: 3 }))));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const picture = new Uint8Array(WIDTH * HEIGHT);
      const shadow = new Shadow(WIDTH, HEIGHT);
      const viewer = new Uint8Array(WIDTH * HEIGHT).fill(9);
      const look = (at: Rect) => {
        const changed = shadow.update(at, grab(picture, at));
        if (changed) copy(picture, viewer, changed);
        return changed;
      };
      look(whole);
      for (const [at, changes] of steps) {
        for (const [pixel, value] of changes) picture[pixel] = value;
        look(at);
        for (const pixel of pixelsOf(at)) assert.equal(viewer[pixel], picture[pixel]);
        assert.equal(look(at), undefined, 'the same again is nothing new');
      }
    }),
    { seed: 18, numRuns: 200 },
  );
});

test('only the rows between the first and the last change are reported', () => {
  const picture = new Uint8Array(WIDTH * HEIGHT);
  const shadow = new Shadow(WIDTH, HEIGHT);
  shadow.update(whole, grab(picture, whole));
  picture[2 * WIDTH + 1] = 1;
  picture[4 * WIDTH + 7] = 1;
  assert.deepEqual(shadow.update(whole, grab(picture, whole)), { x: 0, y: 2, width: WIDTH, height: 3 });
});

function pixelsOf({ x, y, width, height }: Rect): number[] {
  return Array.from({ length: width * height }, (_, i) => (y + Math.floor(i / width)) * WIDTH + x + (i % width));
}

function copy(from: Uint8Array, to: Uint8Array, rect: Rect): void {
  for (const pixel of pixelsOf(rect)) to[pixel] = from[pixel] ?? 0;
}
