import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForgotten } from './isForgotten.ts';

const DAY = 24 * 3_600_000;

test('an upload waits for a day, whether the agent was restarted or not', () => {
  assert.equal(isForgotten({ begun: 1_000 }, 1_000 + DAY - 1, 0), false);
  assert.equal(isForgotten({ begun: 1_000 }, 1_000 + DAY - 1, 2_000), false);
  assert.equal(isForgotten({ begun: 1_000 }, 1_000 + DAY, 0), true);
});

test('one that was to come at once waits for a minute, and for no other run of the agent', () => {
  assert.equal(isForgotten({ begun: 1_000, once: true }, 60_999, 500), false);
  assert.equal(isForgotten({ begun: 1_000, once: true }, 61_000, 500), true);
  assert.equal(isForgotten({ begun: 1_000, once: true }, 1_001, 1_001), true);
});
