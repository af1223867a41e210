import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgePan } from './edgePan.ts';

test('the view rests while the pointer is away from the edges', () => {
  for (const at of [32, 200, 368]) assert.equal(edgePan(at, 400), 0);
});

test('it moves towards the edge that the pointer is near, faster the nearer', () => {
  assert.equal(edgePan(0, 400), -20);
  assert.equal(edgePan(16, 400), -10);
  assert.equal(edgePan(384, 400), 10);
  assert.equal(edgePan(400, 400), 20);
});

test('it is never faster than at the edge, and a tiny room never moves', () => {
  assert.deepEqual([edgePan(-500, 400), edgePan(900, 400)], [-20, 20]);
  assert.equal(edgePan(0, 60), 0);
});
