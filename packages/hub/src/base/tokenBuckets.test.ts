import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refilled, TokenBuckets } from './tokenBuckets.ts';

const RULE = { capacity: 3, refillMs: 1000 };

test('a bucket refills with time, up to its capacity, and a clock set back takes nothing away', () => {
  assert.equal(refilled({ tokens: 0, at: 0 }, RULE, 2500), 2.5);
  assert.equal(refilled({ tokens: 2, at: 0 }, RULE, 60_000), 3);
  assert.equal(refilled({ tokens: 2, at: 5000 }, RULE, 0), 2);
});

test('attempts run out per key and come back one by one', () => {
  let now = 0;
  const buckets = new TokenBuckets(RULE, () => now);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => buckets.take('a')),
    [true, true, true, false],
  );
  assert.equal(buckets.take('b'), true);
  now = 1000;
  assert.deepEqual(
    [1, 2].map(() => buckets.take('a')),
    [true, false],
  );
});

test('an attempt given back can be used again', () => {
  const buckets = new TokenBuckets({ capacity: 1, refillMs: 1000 }, () => 0);
  assert.equal(buckets.take('a'), true);
  buckets.giveBack('a');
  assert.equal(buckets.take('a'), true);
  assert.equal(buckets.take('a'), false);
});

test('of very many keys the ones unused the longest are forgotten', () => {
  const buckets = new TokenBuckets({ capacity: 1, refillMs: 1000 }, () => 0);
  for (let index = 0; index <= 10_000; index += 1) buckets.take(String(index));
  assert.equal(buckets.take('10000'), false);
  assert.equal(buckets.take('0'), true);
});
