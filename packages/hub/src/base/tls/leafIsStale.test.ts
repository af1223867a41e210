import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leafIsStale, RENEW_BEFORE_MS } from './leafIsStale.ts';

const LEAF = { notAfter: 1000 + RENEW_BEFORE_MS, covers: new Set(['a', 'b']), ours: true };

test('a leaf with time left, the names and the right authority stays', () => {
  assert.equal(leafIsStale(LEAF, ['a'], 1000), false);
});

test('a leaf is renewed when it ends soon, lacks a name, or another authority signed it', () => {
  assert.equal(leafIsStale(LEAF, ['a'], 1001), true);
  assert.equal(leafIsStale(LEAF, ['a', 'c'], 1000), true);
  assert.equal(leafIsStale({ ...LEAF, ours: false }, ['a'], 1000), true);
});
