import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageHeader } from './imageHeader.ts';

/** One pixel, or a few, as real programs write them. */
const PICTURES = {
  'image/png':
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4nGNgYGD4z4AEGHEKAABCGAH/w0S2tgAAAABJRU5ErkJggg==',
  'image/gif': 'R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAoRRADs=',
} as const;

function bytes(...parts: (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
}

const RIFF = ['RIFF', [0, 0, 0, 0], 'WEBP'] as const;
const SAMPLES = [
  ['image/webp', bytes(...RIFF, 'VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0])],
  ['image/webp', bytes(...RIFF, 'VP8L', [9, 0, 0, 0, 0x2f, 2, 0x40, 0, 0])],
  ['image/webp', bytes(...RIFF, 'VP8 ', [9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 3, 0, 2, 0])],
  // A comment and a table of codes come before the frame.
  [
    'image/jpeg',
    bytes([0xff, 0xd8, 0xff, 0xfe, 0, 4, 65, 66, 0xff, 0xc4, 0, 2, 0xff, 0xc2, 0, 11, 8, 0, 2, 0, 3, 1, 0, 0, 0]),
  ],
] as const;

test('kind and size are read from the header of each kind of picture', () => {
  for (const [type, base64] of Object.entries(PICTURES)) {
    assert.deepEqual(imageHeader(Buffer.from(base64, 'base64')), { type, width: 3, height: 2 });
  }
  for (const [type, sample] of SAMPLES) assert.deepEqual(imageHeader(sample), { type, width: 3, height: 2 });
});

test('a picture that ends anywhere in its header, and anything else, is none', () => {
  for (const [, sample] of SAMPLES) {
    for (let end = 0; end < Math.min(sample.length, 21); end++)
      assert.equal(imageHeader(sample.subarray(0, end)), undefined);
  }
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html>',
    'GIF88a',
    '\x89PNG',
    'RIFF....WEBPVP8?....',
  ])
    assert.equal(imageHeader(bytes(text)), undefined);
});
