import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offeredActions } from './powerActions.ts';

test('only what the device can do is offered, the least disturbing first', () => {
  assert.deepEqual(offeredActions({ power: ['shutDown', 'restart', 'lock'] }), ['lock', 'restart', 'shutDown']);
});

test('nothing is offered while it is not known what the device can do', () => {
  assert.deepEqual(offeredActions(undefined), []);
  assert.deepEqual(offeredActions({ power: [] }), []);
});
