import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FEATURE_NAMES } from '@porthole/protocol';
import { trafficRows } from './trafficRows.ts';

test('every feature has a row before anything is known, and the rest has one, too', () => {
  const { rows, sum, most } = trafficRows(undefined);
  assert.deepEqual(
    rows.map(({ name }) => name),
    [...FEATURE_NAMES, 'other'],
  );
  assert.deepEqual([sum, most], [{ now: 0, today: 0 }, 0]);
});

test('rates and amounts are summed, and the largest rate is the length of a full bar', () => {
  const { rows, sum, most } = trafficRows({
    now: { screen: 900, stats: 100 },
    today: { screen: 5_000 },
    other: { now: 10, today: 20 },
  });
  assert.deepEqual(
    rows.find(({ name }) => name === 'screen'),
    { name: 'screen', now: 900, today: 5_000 },
  );
  assert.deepEqual([sum, most], [{ now: 1_010, today: 5_020 }, 900]);
});
