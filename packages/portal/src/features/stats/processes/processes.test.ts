import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessNews, ProcessRow } from '@porthole/protocol';
import { type Arrangement, holdOrder, keyOf, orderProcesses } from './orderProcesses.ts';
import { ProcessList } from './processList.ts';

function row(pid: number, part: Partial<ProcessRow> = {}): ProcessRow {
  const usual = {
    parent: 1,
    name: `p${pid}`,
    command: '',
    user: 'root',
    state: 'S',
    cpu: 0,
    memory: 0,
    started: 1_000,
  };
  return { pid, ...usual, ...part };
}

function news(rows: ProcessRow[], part: Partial<ProcessNews> = {}): ProcessNews {
  return { at: 0, whole: false, more: false, rows, gone: [], ...part };
}

const FLAT: Arrangement = { sort: 'pid', descending: false, tree: false, filter: '', folded: new Set() };
const TREE: Arrangement = { ...FLAT, tree: true };

const pids = (lines: { row: ProcessRow }[]) => lines.map((line) => line.row.pid);

test('a whole list in parts is shown when its last part is there, and what is not in it is gone', () => {
  const list = new ProcessList();
  assert.equal(list.apply(news([row(1), row(2)], { whole: true })), true);
  assert.equal(list.apply(news([row(3)], { whole: true, more: true })), false);
  assert.deepEqual(
    list.rows.map(({ pid }) => pid),
    [1, 2],
    'half a list is not shown',
  );
  assert.equal(list.apply(news([row(4)])), true);
  assert.deepEqual(
    list.rows.map(({ pid }) => pid),
    [3, 4],
  );
});

test('changes replace, add and take away', () => {
  const list = new ProcessList();
  list.apply(news([row(1), row(2)], { whole: true }));
  list.apply(news([row(2, { cpu: 1 }), row(3)], { gone: [1] }));
  assert.deepEqual(
    list.rows.map(({ pid, cpu }) => [pid, cpu]),
    [
      [2, 1],
      [3, 0],
    ],
  );
});

test('a flat list is sorted by any column, and equal ones by pid', () => {
  const rows = [row(3, { cpu: 0.5 }), row(2, { cpu: 0.5 }), row(10, { cpu: 2 })];
  assert.deepEqual(pids(orderProcesses(rows, { ...FLAT, sort: 'cpu', descending: true })), [10, 2, 3]);
  assert.deepEqual(pids(orderProcesses(rows, { ...FLAT, sort: 'name' })), [2, 3, 10], 'as people count');
});

test('every word of the filter has to stand somewhere', () => {
  const rows = [row(10, { name: 'sshd' }), row(11, { command: '/usr/bin/SSH-agent', user: 'ada' }), row(12)];
  assert.deepEqual(pids(orderProcesses(rows, { ...FLAT, filter: 'ssh' })), [10, 11]);
  assert.deepEqual(pids(orderProcesses(rows, { ...FLAT, filter: ' ssh  ADA ' })), [11]);
  assert.deepEqual(pids(orderProcesses(rows, { ...FLAT, filter: '12' })), [12]);
});

const FAMILY = [
  row(1, { parent: 0 }),
  row(5, { parent: 1 }),
  row(6, { parent: 5 }),
  row(7, { parent: 5 }),
  row(9, { parent: 1 }),
];

test('in a tree children stand below their parents', () => {
  const lines = orderProcesses(FAMILY, TREE);
  assert.deepEqual(
    lines.map(({ row: { pid }, depth }) => [pid, depth]),
    [
      [1, 0],
      [5, 1],
      [6, 2],
      [7, 2],
      [9, 1],
    ],
  );
  assert.equal(lines[1]?.children, 2);
});

test('a folded branch hides all below it', () => {
  const folded = new Set([keyOf({ pid: 5, started: 1_000 })]);
  assert.deepEqual(pids(orderProcesses(FAMILY, { ...TREE, folded })), [1, 5, 9]);
});

test('a filtered tree shows the way to what matches, and marks it', () => {
  const lines = orderProcesses(FAMILY, { ...TREE, filter: 'p7' });
  assert.deepEqual(
    lines.map(({ row: { pid }, beside }) => [pid, beside]),
    [
      [1, true],
      [5, true],
      [7, false],
    ],
  );
});

test('parents that are not known, one’s own parent and circles lose nobody', () => {
  const rows = [row(2, { parent: 99 }), row(3, { parent: 3 }), row(4, { parent: 5 }), row(5, { parent: 4 })];
  assert.deepEqual(pids(orderProcesses(rows, TREE)).sort(), [2, 3, 4, 5]);
});

test('a chain of 20,000 is no deeper than a screen is patient', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => row(index + 1, { parent: index }));
  assert.equal(orderProcesses(rows, TREE).length, 20_000);
});

test('while the order is held nothing moves: new figures, ended ones marked, new ones last', () => {
  const before = orderProcesses([row(2, { cpu: 3 }), row(3, { cpu: 2 }), row(4, { cpu: 1 })], {
    ...FLAT,
    sort: 'cpu',
    descending: true,
  });
  const held = holdOrder(before, [row(4, { cpu: 9 }), row(2, { cpu: 1 }), row(8), row(9, { name: 'other' })], 'p');
  assert.deepEqual(pids(held), [2, 3, 4, 8]);
  assert.deepEqual(
    held.map(({ row: { cpu }, gone }) => [cpu, gone]),
    [
      [1, false],
      [2, true],
      [9, false],
      [0, false],
    ],
  );
});

test('a pid that was given again is another process', () => {
  const before = orderProcesses([row(2)], FLAT);
  const held = holdOrder(before, [row(2, { started: 5_000 })], '');
  assert.deepEqual(
    held.map(({ key, gone }) => [key, gone]),
    [
      ['2@1000', true],
      ['2@5000', false],
    ],
  );
});
