import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../tests/support/x11/random.ts';
import { bandHashes } from './bandHashes.ts';

const WIDTH = 50;
const random = seeded(2);
const rgba = Uint32Array.from({ length: WIDTH * 25 }, () => random() * 2 ** 32);
const options = { width: WIDTH, bandRows: 10, swap: false };

test('pixels in the other order of bytes hash alike, whatever their fourth byte', () => {
  const bgrx = rgba.map((word) => ((word & 0xff) << 16) | (word & 0xff00) | ((word >>> 16) & 0xff));
  assert.deepEqual(bandHashes(bgrx, { ...options, swap: true }), bandHashes(rgba, options));
});

test('one bit of one pixel changes its band and no other', () => {
  const before = bandHashes(rgba, options);
  assert.equal(before.length, 3);
  for (let bit = 0; bit < 24; bit += 1) {
    const after = bandHashes(
      rgba.map((word, index) => (index === WIDTH * 12 + 7 ? word ^ (1 << bit) : word)),
      options,
    );
    assert.deepEqual(
      after.map((hash, band) => hash === before[band]),
      [true, false, true],
    );
  }
});

test('two pixels that changed places change the band', () => {
  const swapped = rgba.slice();
  [swapped[3], swapped[4]] = [rgba[4] ?? 0, rgba[3] ?? 0];
  assert.notEqual(bandHashes(swapped, options)[0], bandHashes(rgba, options)[0]);
});
