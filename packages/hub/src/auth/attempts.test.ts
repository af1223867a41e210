import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attempts } from './attempts.ts';

function countUntilRefused(attempt: (index: number) => unknown): number {
  for (let index = 0; index < 1000; index += 1) {
    try {
      attempt(index);
    } catch {
      return index;
    }
  }
  return Number.POSITIVE_INFINITY;
}

test('guessing one account from one source is slowed down, and other sources are not', () => {
  const attempts = new Attempts(() => 0);
  assert.equal(
    countUntilRefused(() => attempts.begin('a', 'ada')),
    10,
  );
  assert.throws(() => attempts.begin('a', 'ADA'), { code: 'auth.slow-down' });
  attempts.begin('b', 'ada');
});

test('guessing many accounts from one source is slowed down', () => {
  const attempts = new Attempts(() => 0);
  assert.equal(
    countUntilRefused((index) => attempts.begin('a', `user${index}`)),
    40,
  );
});

test('attempts that were right do not count', () => {
  const attempts = new Attempts(() => 0);
  assert.equal(
    countUntilRefused(() => attempts.begin('a', 'ada')()),
    Number.POSITIVE_INFINITY,
  );
});

test('waiting helps', () => {
  let now = 0;
  const attempts = new Attempts(() => now);
  countUntilRefused(() => attempts.begin('a', 'ada'));
  now += 6_000;
  attempts.begin('a', 'ada');
});
