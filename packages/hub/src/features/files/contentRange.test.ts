import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRange } from './contentRange.ts';

const part = (start: number, end: number) => ({ kind: 'part', start, end });

test('a range names its first and last byte, and may reach past the end', () => {
  assert.deepEqual(parseRange('bytes=0-0', 10), part(0, 1));
  assert.deepEqual(parseRange('bytes=3-', 10), part(3, 10));
  assert.deepEqual(parseRange('bytes=9-100', 10), part(9, 10));
  assert.deepEqual(parseRange('Bytes= 2-5 ', 10), part(2, 6));
});

test('a range may count from the end, and is the whole when it is longer than that', () => {
  assert.deepEqual(parseRange('bytes=-3', 10), part(7, 10));
  assert.deepEqual(parseRange('bytes=-30', 10), part(0, 10));
});

test('what begins behind the end is none, and so is anything of an empty file', () => {
  for (const [header, size] of [
    ['bytes=10-', 10],
    ['bytes=10-20', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-5', 0],
  ] as const)
    assert.deepEqual(parseRange(header, size), { kind: 'none' }, `${header} of ${size}`);
});

test('several ranges, other units and nonsense are answered with the whole', () => {
  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=0-1,3-4',
    'bytes=5-2',
    'lines=0-1',
    'bytes=a-b',
    'bytes=1e3-',
    `bytes=${'9'.repeat(40)}-`,
  ])
    assert.deepEqual(parseRange(header, 10), { kind: 'whole' }, header);
});
