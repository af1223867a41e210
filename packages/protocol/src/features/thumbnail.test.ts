import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../wire/bytes.ts';
import { decodeThumbnail, encodeThumbnail, MAX_THUMBNAIL_BYTES } from './thumbnail.ts';

/** Records as literals make them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

const START = [0xff, 0xd8, 0xff];
const thumbnail = record({
  width: fc.integer({ min: 1, max: 1024 }),
  height: fc.integer({ min: 1, max: 4096 }),
  jpeg: fc.uint8Array({ maxLength: 100 }).map((rest) => Uint8Array.of(...START, ...rest)),
});

test('a thumbnail survives the wire', () => {
  fc.assert(
    fc.property(thumbnail, (picture) => assert.deepEqual(decodeThumbnail(encodeThumbnail(picture)), picture)),
    { seed: 9, numRuns: 200 },
  );
});

test('pictures of odd size, too many bytes or another format are refused', () => {
  const jpeg = Uint8Array.from(START);
  const large = new Uint8Array(MAX_THUMBNAIL_BYTES + 1);
  large.set(START);
  const html = new TextEncoder().encode('<script>');
  const wrong = [
    { width: 0, height: 1, jpeg },
    { width: 1, height: 0, jpeg },
    { width: 1281, height: 1, jpeg },
    { width: 1, height: 4097, jpeg },
    { width: 1, height: 1, jpeg: large },
    { width: 1, height: 1, jpeg: html },
    { width: 1, height: 1, jpeg: new Uint8Array(0) },
  ];
  for (const picture of wrong) assert.throws(() => decodeThumbnail(encodeThumbnail(picture)), WireError);
  assert.throws(() => decodeThumbnail(Uint8Array.of(0, 1, 0)), WireError);
});
