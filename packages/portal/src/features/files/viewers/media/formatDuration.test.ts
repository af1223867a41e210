import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from './formatDuration.ts';

test('lengths are written as players write them', () => {
  assert.deepEqual([0, 7.4, 187, 3729, 36_000, 59.6].map(formatDuration), [
    '0:00',
    '0:07',
    '3:07',
    '1:02:09',
    '10:00:00',
    '1:00',
  ]);
});
