import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortBy, sortingOf, tableColumns } from './tableColumns.ts';

const FIELDS = ['state', 'cpu', 'memory', 'notes', 'number'] as const;

test('columns that have no room are left out, later ones that have some stay', () => {
  assert.deepEqual(tableColumns(FIELDS, 2_000).shown, FIELDS);
  assert.deepEqual(tableColumns(FIELDS, 800).shown, ['state', 'cpu', 'memory', 'number']);
  assert.deepEqual(tableColumns(FIELDS, 360).shown, ['state', 'cpu']);
  assert.deepEqual(tableColumns(FIELDS, 200).shown, []);
});

test('there is one column more for the name, one to choose and one for tools', () => {
  assert.equal(tableColumns(['cpu'], 2_000).css, '28px minmax(200px, 300fr) 90px 100px');
});

test('a head sorts by its column, and turns the order round the second time', () => {
  assert.deepEqual([sortingOf('cpu'), sortingOf('notes')], ['cpu', undefined]);
  const byName = { sorting: 'name', descending: false } as const;
  assert.deepEqual(sortBy(byName, 'name'), { sorting: 'name', descending: true });
  assert.deepEqual(sortBy(byName, 'cpu'), { sorting: 'cpu', descending: true });
});
