import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImageSize } from './imageHeader.ts';

/** The segments of a JPEG up to and with its frame header. */
function jpeg(frame = 0xc0, precision = 8): Uint8Array {
  const comment = [0xff, 0xfe, 0, 5, 1, 2, 3];
  return Uint8Array.of(0xff, 0xd8, ...comment, 0xff, frame, 0, 11, precision, 0x01, 0x02, 0x03, 0x04, 1, 1, 0x11, 0);
}

function webp(chunk = 'VP8L', width = 300, height = 77): Uint8Array {
  const bits = (width - 1) | ((height - 1) << 14);
  const size = [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24];
  const text = (value: string) => Array.from(value, (character) => character.charCodeAt(0));
  return Uint8Array.of(...text('RIFF'), 20, 0, 0, 0, ...text('WEBP'), ...text(chunk), 8, 0, 0, 0, 0x2f, ...size, 0, 0);
}

test('the sizes of a baseline JPEG and of a lossless WebP are read', () => {
  assert.deepEqual(readImageSize('image/jpeg', jpeg()), { width: 0x304, height: 0x102 });
  assert.deepEqual(readImageSize('image/webp', webp()), { width: 300, height: 77 });
  assert.deepEqual(readImageSize('image/webp', webp('VP8L', 16_384, 16_384)), { width: 16_384, height: 16_384 });
});

test('other kinds of images are none', () => {
  for (const bytes of [jpeg(0xc2), jpeg(0xc9), jpeg(0xc0, 12), webp()]) {
    assert.equal(readImageSize('image/jpeg', bytes), undefined);
  }
  for (const bytes of [webp('VP8 '), webp('VP8X'), jpeg()]) assert.equal(readImageSize('image/webp', bytes), undefined);
});

test('an image cut anywhere before its size is none', () => {
  for (let length = 0; length < 18; length++) {
    assert.equal(readImageSize('image/jpeg', jpeg().subarray(0, length)), undefined);
  }
  for (let length = 0; length < 25; length++) {
    assert.equal(readImageSize('image/webp', webp().subarray(0, length)), undefined);
  }
});
