import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDiff } from './editDiff.ts';

test('typing at the end inserts, deleting at the end erases', () => {
  assert.deepEqual(editDiff('ab', 'abc'), { erase: 0, insert: 'c' });
  assert.deepEqual(editDiff('ab', 'a'), { erase: 1, insert: '' });
  assert.deepEqual(editDiff('ab', 'ab'), { erase: 0, insert: '' });
});

test('a corrected word is retyped from where it differs', () => {
  assert.deepEqual(editDiff('teh', 'the '), { erase: 2, insert: 'he ' });
});

test('a character of two code units counts as one', () => {
  assert.deepEqual(editDiff('a😀', 'a😁'), { erase: 1, insert: '😁' });
});
