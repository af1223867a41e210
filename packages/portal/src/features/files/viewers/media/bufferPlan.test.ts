import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgettable, hasEnough, holds, jumpTarget, type Span } from './bufferPlan.ts';

const spans: Span[] = [
  [10, 20],
  [50, 100],
];

test('half a minute ahead is enough, counted from where it plays and without holes', () => {
  assert.equal(hasEnough(spans, 50), true);
  assert.equal(hasEnough(spans, 69.9), true);
  assert.equal(hasEnough(spans, 70.1), false);
  assert.equal(hasEnough(spans, 12), false);
  assert.equal(hasEnough([], 0), false);
});

test('the player goes on only where something is', () => {
  assert.deepEqual(
    [9.95, 15, 20, 30, 99].map((time) => holds(spans, time)),
    [true, true, false, false, true],
  );
});

test('what was played half a minute ago is forgotten, in pieces that are worth it', () => {
  assert.equal(forgettable(spans, 41), undefined);
  assert.equal(forgettable(spans, 60), 30);
  assert.equal(forgettable(spans, 20, 5), 15);
  assert.equal(forgettable([], 60), undefined);
});

test('a small hole is jumped over, a large one is not', () => {
  assert.equal(jumpTarget(spans, 8), 10);
  assert.equal(jumpTarget(spans, 5), undefined);
  assert.equal(jumpTarget(spans, 12), undefined);
});
