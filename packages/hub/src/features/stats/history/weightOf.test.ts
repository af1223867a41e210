import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightOf } from './weightOf.ts';

const MINUTE = 60_000;

test('a sample stands for the time since the one before, unless something was missing in between', () => {
  const link = {};
  const live = { at: 10_000, intervalMs: 1_000, link };
  assert.equal(weightOf(undefined, live), 1_000);
  assert.equal(weightOf(live, { ...live, at: 11_004.4 }), 1_004);
  assert.equal(weightOf(live, { ...live, at: 14_000 }), 1_000, 'too late');
  assert.equal(weightOf({ ...live, intervalMs: MINUTE }, { ...live, at: 50_000 }), 40_000, 'somebody began to look');
  assert.equal(weightOf(live, { ...live, at: 10_500, link: {} }), 1_000, 'another connection');
});
