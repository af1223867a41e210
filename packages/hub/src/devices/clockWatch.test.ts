import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newClockAhead } from './clockWatch.ts';

test('a clock is as far ahead as what it said, less what the way took', () => {
  assert.equal(newClockAhead(undefined, { at: 1_000, receivedAt: 1_020, roundTrip: 40 }), 0);
  assert.equal(newClockAhead(undefined, { at: 61_000, receivedAt: 1_020, roundTrip: 40 }), 60_000);
  assert.equal(newClockAhead(undefined, { at: 0, receivedAt: 5_000, roundTrip: 0 }), -5_000);
});

test('what the network makes of it is no news, a clock that was put is', () => {
  assert.equal(newClockAhead(100, { at: 1_200, receivedAt: 1_000, roundTrip: 0 }), undefined);
  assert.equal(newClockAhead(100, { at: 4_000, receivedAt: 1_000, roundTrip: 0 }), 3_000);
});
