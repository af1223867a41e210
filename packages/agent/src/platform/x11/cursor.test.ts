import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCursorShape } from './cursor.ts';

test('premultiplied ARGB becomes straight RGBA', () => {
  // Blue 40 and red 128 at half opacity, then an opaque green; in memory B, G, R, A.
  const cursorImage = Buffer.from([40, 0, 128, 128, 0, 255, 0, 255]);
  const shape = toCursorShape({ width: 2, height: 1, xhot: 1, yhot: 0, cursorImage });
  assert.deepEqual([...shape.rgba], [255, 0, 80, 128, 0, 255, 0, 255]);
  assert.deepEqual([shape.width, shape.height, shape.hotX, shape.hotY], [2, 1, 1, 0]);
});

test('a cursor without a visible pixel is hidden', () => {
  const shape = toCursorShape({ width: 16, height: 16, xhot: 3, yhot: 3, cursorImage: Buffer.alloc(1024) });
  assert.deepEqual([shape.width, shape.height, shape.rgba.length], [0, 0, 0]);
});

test('a huge cursor is cut to the largest side that the protocol takes', () => {
  const cursorImage = Buffer.alloc(300 * 10 * 4, 255);
  const shape = toCursorShape({ width: 300, height: 10, xhot: 299, yhot: 5, cursorImage });
  assert.deepEqual([shape.width, shape.height, shape.hotX, shape.rgba.length], [256, 10, 255, 256 * 10 * 4]);
});

test('colours brighter than their alpha, which no honest server sends, are capped', () => {
  const shape = toCursorShape({ width: 1, height: 1, xhot: 0, yhot: 0, cursorImage: Buffer.from([255, 9, 255, 1]) });
  assert.deepEqual([...shape.rgba], [255, 255, 255, 1]);
});
