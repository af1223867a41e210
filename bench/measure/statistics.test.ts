import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, medianOf, percentile } from './statistics.ts';

test('percentiles go by the nearest rank', () => {
  const values = [5, 1, 4, 2, 3];
  assert.equal(percentile(values, 0.5), 3);
  assert.equal(percentile(values, 0.95), 5);
  assert.equal(percentile([7], 0.05), 7);
  assert.ok(Number.isNaN(percentile([], 0.5)));
});

test('the median of an even number lies between the middle two', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([3, 1, 2]), 2);
});

test('what never came about counts as the worst', () => {
  assert.equal(median([Number.NaN, 4, 2]), 4);
  assert.ok(Number.isNaN(median([Number.NaN, 4, Number.NaN])));
});

test('figures of several runs have a median each', () => {
  assert.deepEqual(
    medianOf([
      { a: 1, b: 9 },
      { a: 3, b: 7 },
      { a: 2, b: 8 },
    ]),
    { a: 2, b: 8 },
  );
});
