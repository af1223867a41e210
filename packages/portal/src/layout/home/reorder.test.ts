import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveBeside, moveBy, stepOfKey } from './reorder.ts';

const list = ['a', 'b', 'c', 'd'];

test('an item goes before or after another, from either side', () => {
  assert.deepEqual(moveBeside(list, 'a', 'c', 'before').join(''), 'bacd');
  assert.deepEqual(moveBeside(list, 'a', 'c', 'after').join(''), 'bcad');
  assert.deepEqual(moveBeside(list, 'd', 'a', 'before').join(''), 'dabc');
});

test('itself and what is not there move nothing', () => {
  assert.equal(moveBeside(list, 'a', 'a', 'after'), list);
  assert.equal(moveBeside(list, 'x', 'a', 'after'), list);
  assert.equal(moveBeside(list, 'a', 'x', 'after'), list);
});

test('by steps it stops at the ends', () => {
  assert.deepEqual(moveBy(list, 'b', 1).join(''), 'acbd');
  assert.deepEqual(moveBy(list, 'b', 9).join(''), 'acdb');
  assert.equal(moveBy(list, 'a', -1), list);
  assert.equal(moveBy(list, 'x', 1), list);
});

test('up and down are a row', () => {
  assert.deepEqual([stepOfKey('ArrowDown', 4), stepOfKey('ArrowLeft', 4), stepOfKey('x', 4)], [4, -1, undefined]);
});
