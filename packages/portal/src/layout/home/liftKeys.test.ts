import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Handle, liftStep } from './liftKeys.ts';

const handle = (part: Partial<Handle> = {}): Handle => ({
  id: 'c',
  isLifted: true,
  order: ['a', 'b', 'c', 'd', 'e', 'f'],
  list: ['a', 'c', 'e', 'f'],
  columns: 2,
  ...part,
});

test('space lifts and drops, and tells the place in the list that is shown', () => {
  assert.deepEqual(liftStep(' ', handle({ isLifted: false })), { kind: 'lift', place: 2 });
  assert.deepEqual(liftStep('Enter', handle()), { kind: 'drop', place: 2 });
});

test('arrows move among what is shown, over what is not, by one or by a row', () => {
  assert.deepEqual(liftStep('ArrowRight', handle()), { kind: 'move', place: 3, order: ['a', 'b', 'd', 'e', 'c', 'f'] });
  assert.deepEqual(liftStep('ArrowDown', handle()), { kind: 'move', place: 4, order: ['a', 'b', 'd', 'e', 'f', 'c'] });
  assert.deepEqual(liftStep('ArrowUp', handle()), { kind: 'move', place: 1, order: ['c', 'a', 'b', 'd', 'e', 'f'] });
});

test('at the end it stays', () => {
  assert.deepEqual(liftStep('ArrowRight', handle({ id: 'f' })), { kind: 'stay' });
});

test('keys that mean nothing here are left to others', () => {
  assert.equal(liftStep('ArrowRight', handle({ isLifted: false })), undefined);
  assert.equal(liftStep('Escape', handle({ isLifted: false })), undefined);
  assert.equal(liftStep('x', handle()), undefined);
  assert.deepEqual(liftStep('Escape', handle()), { kind: 'back' });
});
