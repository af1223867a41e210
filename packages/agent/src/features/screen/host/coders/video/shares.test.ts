import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsOf, worthReopening } from './shares.ts';

const link = { bytesPerSecond: 300_000, fps: 30 };

test('a picture may take its share of the link and the tenth that is never used', () => {
  assert.deepEqual(limitsOf(link, 30, 1), { maxRate: 2_640_000, bufferSize: 88_000 });
});

test('a key may borrow more, at the same rate', () => {
  assert.deepEqual(limitsOf(link, 30, 4), { maxRate: 2_640_000, bufferSize: 352_000 });
});

test('half the pictures get twice the share, whatever frame rate the encoder reckons with', () => {
  assert.equal(limitsOf({ ...link, fps: 15 }, 30, 1).bufferSize, 176_000);
  assert.equal(limitsOf({ ...link, fps: 15 }, 60, 1).bufferSize, 176_000);
});

test('limits stay within what an encoder can be told', () => {
  assert.equal(limitsOf({ bytesPerSecond: 1, fps: 120 }, 120, 1).bufferSize, 1_000);
  const { maxRate, bufferSize } = limitsOf({ bytesPerSecond: 1e12, fps: 1 }, 120, 4);
  assert.ok(maxRate <= 2 ** 31 && bufferSize <= 2 ** 31);
});

test('only a rate that is far off is worth opening an encoder for', () => {
  assert.equal(worthReopening(link, link), false);
  assert.equal(worthReopening(link, { ...link, bytesPerSecond: 250_000 }), false);
  assert.equal(worthReopening(link, { ...link, bytesPerSecond: 200_000 }), true);
  assert.equal(worthReopening(link, { ...link, fps: 15 }), true);
});
