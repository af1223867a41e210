import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsSeat } from './wantsSeat.ts';

const free = { connected: true, online: true, inputOn: true, screenOn: true, mayControl: true, taken: false };

test('a free seat of a reachable device is wanted', () => {
  assert.equal(wantsSeat(free), true);
});

test('any single obstacle is enough not to ask', () => {
  for (const [name, value] of Object.entries(free)) assert.equal(wantsSeat({ ...free, [name]: !value }), false, name);
});
