import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable } from './table.ts';

test('labels stand left, figures right', () => {
  const table = formatTable([
    { labels: ['strip', 'one'], figures: { p50: 12.34, fps: 59.99 } },
    { labels: ['box', 'another'], figures: { p50: 1234.5, fps: Number.NaN } },
  ]);
  assert.deepEqual(table.split('\n'), [
    '                 p50   fps',
    'strip  one      12.3  60.0',
    'box    another  1235     –',
  ]);
});
