import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutName, MOST_LAYOUTS, withLayout, withName, withoutLayout } from './namedLayouts.ts';

test('a name is one visible line', () => {
  assert.equal(layoutName('  night\u202e watch\n '), 'night watch');
  for (const typed of ['', ' ', '\u200b\n', 'x'.repeat(65)]) assert.equal(layoutName(typed), undefined);
});

test('saving under a name that there is replaces what it meant', () => {
  const one = withLayout([], 'night', 'a');
  const two = withLayout(withLayout(one, 'day', 'b'), 'night', 'c');
  assert.deepEqual(
    two.map(({ name, layout }) => [name, layout]),
    [
      ['night', 'c'],
      ['day', 'b'],
    ],
  );
  assert.equal(two[0]?.id, one[0]?.id);
});

test('there is an end to them', () => {
  let all = withLayout([], 'first', '');
  for (let at = 0; at < MOST_LAYOUTS + 5; at += 1) all = withLayout(all, `n${at}`, '');
  assert.equal(all.length, MOST_LAYOUTS);
  assert.equal(withLayout(all, 'first', 'new')[0]?.layout, 'new');
});

test('a layout is renamed over another one of that name, and deleted', () => {
  const [one, two] = withLayout(withLayout([], 'one', '1'), 'two', '2');
  assert.ok(one && two);
  assert.deepEqual(withName([one, two], two.id, 'one'), [{ ...two, name: 'one' }]);
  assert.deepEqual(withoutLayout([one, two], one.id), [two]);
});
