import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBack, MAX_WAITING, mayRun, paceOf, STALL_MS } from './viewerPace.ts';

test('a viewer is in step while nothing waits, held while something does, and behind after too much or too long', () => {
  assert.equal(paceOf({ bytes: 0, picture: 0, idleMs: 99_999 }), 'inStep');
  assert.equal(paceOf({ bytes: 1, picture: 0, idleMs: 0 }), 'held');
  assert.equal(paceOf({ bytes: 1, picture: 0, idleMs: STALL_MS }), 'behind');
  assert.equal(paceOf({ bytes: MAX_WAITING + 1, picture: 0, idleMs: 0 }), 'behind');
});

test('a picture may be larger than what may wait', () => {
  assert.equal(paceOf({ bytes: MAX_WAITING + 5, picture: MAX_WAITING, idleMs: 0 }), 'held');
});

test('programs wait for a viewer only while no other keeps up', () => {
  assert.equal(mayRun([]), true);
  assert.equal(mayRun(['held']), false);
  assert.equal(mayRun(['held', 'inStep']), true);
  assert.equal(mayRun(['held', 'behind']), false);
  assert.equal(mayRun(['behind']), true);
});

test('who reads a quarter of the window at a time is back although the last quarter is still owed', () => {
  assert.equal(isBack(97, 128), true);
  assert.equal(isBack(96, 128), false);
});
