import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseAll, extendTo, NOTHING, toggle, without } from './selection.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];
const text = (selection: { chosen: ReadonlySet<string> }) => [...selection.chosen].sort().join('');

test('one at a time, and away again', () => {
  const both = toggle(toggle(NOTHING, 'a'), 'c');
  assert.deepEqual([text(both), text(toggle(both, 'a'))], ['ac', 'c']);
});

test('a range goes from the last one touched, either way, and adds', () => {
  assert.equal(text(extendTo(toggle(NOTHING, 'd'), 'b', shown)), 'bcd');
  assert.equal(text(extendTo(toggle(toggle(NOTHING, 'a'), 'c'), 'e', shown)), 'acde');
});

test('a range without a beginning, or from what is not shown any more, is that one', () => {
  assert.equal(text(extendTo(NOTHING, 'b', shown)), 'b');
  assert.equal(text(extendTo({ chosen: new Set(['x']), anchor: 'x' }, 'b', shown)), 'bx');
});

test('what is gone is not chosen any more', () => {
  const all = chooseAll(shown);
  assert.equal(text(without(all, (id) => id !== 'c')), 'abde');
  assert.equal(
    without(all, () => true),
    all,
  );
});
