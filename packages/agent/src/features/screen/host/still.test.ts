import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeThumbnail } from '@porthole/protocol';
import type { Pixels, ScreenSource } from '../backend.ts';
import { shrink, takeStill } from './still.ts';

/** A picture whose left half is blue and whose right half is red, with padded rows. */
function halves(width: number, height: number): Pixels {
  const stride = width * 4 + 12;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(x < width / 2 ? [255, 0, 0, 0] : [0, 0, 255, 0], y * stride + x * 4);
  }
  return { data, stride, width, height };
}

test('a picture shrinks by whole blocks to at most the width asked for, keeping what is where', async () => {
  const small = await shrink(halves(1920, 1080), 480);
  assert.deepEqual([small.width, small.height, small.stride], [480, 270, 1920]);
  assert.deepEqual([...small.data.subarray(0, 3)], [255, 0, 0]);
  assert.deepEqual([...small.data.subarray(479 * 4, 479 * 4 + 3)], [0, 0, 255]);
});

test('odd and tiny sizes shrink to at least one pixel, and nothing is enlarged', async () => {
  for (const [width, height] of [
    [1, 1],
    [3, 2],
    [481, 1],
    [5000, 3],
  ] as const) {
    const small = await shrink(halves(width, height), 480);
    assert.ok(small.width >= 1 && small.width <= Math.min(480, width));
    assert.ok(small.height >= 1 && small.height <= height);
    assert.equal(small.data.byteLength, small.width * small.height * 4);
  }
});

test('a still is a thumbnail message that the hub accepts, of displays of any shape', async () => {
  for (const [width, height] of [
    [640, 360],
    [1, 1],
    [16_384, 2],
    [2, 16_384],
    [501, 16_000],
  ] as const) {
    const source: ScreenSource = {
      width,
      height,
      monitors: [],
      collect: () => [],
      grab: async () => halves(width, height),
      close: () => undefined,
    };
    const still = decodeThumbnail(await takeStill(source, 480));
    assert.ok(still.width <= 480 && still.height >= 1, `${width}x${height}`);
  }
});
