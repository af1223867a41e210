import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNatural } from './compareNatural.ts';

test('numbers inside names count as numbers', () => {
  assert.deepEqual(['lab-10', 'Lab-9', 'lab-2', 'atelier'].sort(compareNatural), [
    'atelier',
    'lab-2',
    'Lab-9',
    'lab-10',
  ]);
});

test('names that differ only in case or accents still have one order', () => {
  assert.notEqual(compareNatural('a', 'A'), 0);
  assert.equal(compareNatural('a', 'A'), -compareNatural('A', 'a'));
  assert.equal(compareNatural('same', 'same'), 0);
});
