import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expiredRuns, KEEP, type KeptRun } from './expiry.ts';

const run = (id: string, more: Partial<KeptRun> = {}): KeptRun => ({ id, createdAt: 0, endedAt: 1, kept: 0, ...more });

test('runs go when they are old, too many, or too large, but never before they are over', () => {
  const old = KEEP.days * 86_400_000 + 1;
  assert.deepEqual(expiredRuns([run('a'), run('b', { endedAt: null }), run('c', { createdAt: 1_000 })], old), ['a']);
  const many = Array.from({ length: KEEP.runs + 2 }, (_, at) => run(String(at)));
  assert.deepEqual(expiredRuns(many, 1), [String(KEEP.runs), String(KEEP.runs + 1)]);
  const large = [run('a', { kept: KEEP.bytes }), run('b', { kept: 1 })];
  assert.deepEqual(expiredRuns(large, 1), ['b']);
});
