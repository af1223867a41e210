import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restartDelay } from './restart.ts';

test('a crash is followed by a restart, later each time', () => {
  const crash = { code: null, wasReady: true, now: 10_000 };
  assert.equal(restartDelay({ ...crash, earlier: [] }), 500);
  assert.equal(restartDelay({ ...crash, earlier: [9_000] }), 1_000);
  assert.equal(restartDelay({ ...crash, earlier: [8_000, 9_000] }), 2_000);
});

test('crashes of more than a minute ago are forgiven', () => {
  assert.equal(restartDelay({ code: 1, wasReady: true, earlier: [0, 1, 2, 3, 4, 5], now: 70_000 }), 500);
});

test('too many crashes within a minute end the attempts', () => {
  assert.equal(restartDelay({ code: null, wasReady: true, earlier: [1, 2, 3, 4, 5], now: 6 }), null);
});

test('a program that refuses to start is not started again', () => {
  assert.equal(restartDelay({ code: 1, wasReady: false, earlier: [], now: 0 }), null);
});
