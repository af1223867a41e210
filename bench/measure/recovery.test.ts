import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recoveryOf, summarize } from './recovery.ts';
import type { Sight } from './stripReader.ts';

const PHASE = { name: 'a phase', from: 1000, to: 2000 };

/** A picture every 20 ms from 900 on, as old as `age` says. */
function row(age: (at: number) => number): Sight[] {
  return Array.from({ length: 60 }, (_, index) => ({ seenAt: 900 + index * 20, age: age(900 + index * 20) }));
}

test('only what was seen in the phase counts', () => {
  const figures = summarize(
    row((at) => (at < 1000 ? 900 : 30)),
    PHASE,
  );
  assert.equal(figures['oldest painted'], 30);
  assert.equal(figures.fps, 50);
  assert.equal(figures['longest freeze'], 20);
});

test('a freeze is found in the middle, at the begin and at the end', () => {
  const all = row(() => 30);
  for (const [from, to] of [
    [1300, 1700],
    [1000, 1400],
    [1600, 2000],
  ] as const) {
    const left = all.filter(({ seenAt }) => seenAt < from || seenAt >= to);
    assert.ok(summarize(left, PHASE)['longest freeze'] >= 400);
  }
  assert.equal(summarize([], PHASE)['longest freeze'], 1000);
});

test('recovery is when old pictures have given way for good', () => {
  assert.equal(
    recoveryOf(
      row((at) => (at < 1300 ? 500 : 30)),
      PHASE,
      30,
    ),
    300,
  );
  assert.equal(
    recoveryOf(
      row(() => 30),
      PHASE,
      30,
    ),
    0,
  );
  assert.ok(Number.isNaN(recoveryOf([], PHASE, 30)));
});
