import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseAll, findTyped, goTo, indexAfterKey, NOTHING, only, stepOfClick, withoutGone } from './selection.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: { chosen: ReadonlySet<string> }) => [...selection.chosen].sort().join('');

test('a click chooses one, with Ctrl one more or one less, with Shift a range from the first click', () => {
  const one = goTo(NOTHING, names, 1, 'only');
  assert.equal(chosen(one), 'b');
  const two = goTo(one, names, 3, 'toggle');
  assert.equal(chosen(two), 'bd');
  assert.equal(chosen(goTo(two, names, 3, 'toggle')), 'b');
  const range = goTo(one, names, 3, 'range');
  assert.equal(chosen(range), 'bcd');
  assert.equal(chosen(goTo(range, names, 0, 'range')), 'ab');
});

test('the keyboard can move without choosing', () => {
  const moved = goTo(goTo(NOTHING, names, 1, 'only'), names, 4, 'none');
  assert.deepEqual([chosen(moved), moved.active], ['b', 'e']);
});

test('what vanished is no longer chosen, and nothing else changes', () => {
  const all = chooseAll(goTo(NOTHING, names, 2, 'only'), names);
  const left = withoutGone(all, new Set(['a', 'b']));
  assert.deepEqual([chosen(left), left.active], ['ab', undefined]);
  assert.equal(withoutGone(all, new Set(names)), all);
});

test('a range whose beginning vanished begins at the top', () => {
  const lost = { chosen: new Set<string>(), active: 'b', anchor: 'gone' };
  assert.equal(chosen(goTo(lost, names, 1, 'range')), 'ab');
});

test('keys move by one, by row, by page and to the ends, and never out of the folder', () => {
  const list = { count: 5, columns: 1, page: 3 };
  assert.equal(indexAfterKey('ArrowDown', { ...list, index: -1 }), 0);
  assert.equal(indexAfterKey('ArrowDown', { ...list, index: 4 }), 4);
  assert.equal(indexAfterKey('ArrowUp', { ...list, index: 0 }), 0);
  assert.equal(indexAfterKey('PageDown', { ...list, index: 0 }), 3);
  assert.equal(indexAfterKey('End', { ...list, index: 0 }), 4);
  assert.equal(indexAfterKey('ArrowRight', { ...list, index: 0 }), undefined);
  const grid = { count: 5, columns: 2, page: 2 };
  assert.equal(indexAfterKey('ArrowRight', { ...grid, index: 0 }), 1);
  assert.equal(indexAfterKey('ArrowDown', { ...grid, index: 1 }), 3);
  assert.equal(indexAfterKey('ArrowDown', { ...grid, index: 3 }), 3);
  assert.equal(indexAfterKey('x', { ...list, index: 0 }), undefined);
  assert.equal(indexAfterKey('End', { index: -1, count: 0, columns: 1, page: 3 }), undefined);
});

test('typing finds the next name that begins so, around the end; the same letter goes on', () => {
  const list = ['apple', 'Banana', 'berry', 'cherry'];
  assert.equal(findTyped(list, 'b', -1), 1);
  assert.equal(findTyped(list, 'b', 1), 2);
  assert.equal(findTyped(list, 'bb', 2), 1);
  assert.equal(findTyped(list, 'be', 1), 2);
  assert.equal(findTyped(list, 'a', 3), 0);
  assert.equal(findTyped(list, 'z', 0), -1);
  assert.equal(findTyped([], 'a', 0), -1);
});

test('Shift goes before Ctrl', () => {
  assert.equal(stepOfClick({ shiftKey: true, ctrlKey: true, metaKey: false }), 'range');
  assert.equal(stepOfClick({ shiftKey: false, ctrlKey: false, metaKey: true }), 'toggle');
});

test('when the entry with the keyboard is gone, the next one that is left has it, and at the end the one before', () => {
  const before = ['a', 'b', 'c', 'd'];
  const left = (...names: string[]) => withoutGone(only('b'), new Set(names), before);
  assert.deepEqual(left('a', 'd'), { chosen: new Set(), active: 'd', anchor: 'd' });
  assert.equal(left('a').active, 'a');
  assert.equal(left().active, undefined);
  assert.equal(left('new').active, undefined);
});
