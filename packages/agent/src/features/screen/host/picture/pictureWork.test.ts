import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodedRect, Coder } from '@porthole/protocol';
import { meansOf } from './pictureWork.ts';

const coded = (coder: Coder, width: number, height: number): CodedRect => {
  return { x: 0, y: 0, width, height, coder, bytes: new Uint8Array(1) };
};
const MIXED = { means: undefined, meansPixels: 0 };

test('a picture of images, or of a video in pieces, counts as such, whatever little stands beside it', () => {
  const clock = coded(Coder.palette, 100, 20);
  assert.deepEqual(meansOf([coded(Coder.jpeg, 300, 100), coded(Coder.jpeg, 300, 100), clock]), {
    means: 'jpeg',
    meansPixels: 60_000,
  });
  const piece = coded(Coder.video, 640, 360);
  assert.deepEqual(meansOf([piece, piece, piece, clock]), { means: 'video', meansPixels: 230_400 });
});

test('what a mixed picture takes is said of no means', () => {
  const image = coded(Coder.jpeg, 200, 200);
  assert.deepEqual(meansOf([image, coded(Coder.rgb, 200, 200)]), MIXED);
  assert.deepEqual(meansOf([image, coded(Coder.palette, 1920, 1080)]), MIXED);
  assert.deepEqual(meansOf([image, coded(Coder.video, 300, 200)]), MIXED);
  assert.deepEqual(meansOf([coded(Coder.solid, 9, 9)]), MIXED);
  assert.deepEqual(meansOf([]), MIXED);
});
