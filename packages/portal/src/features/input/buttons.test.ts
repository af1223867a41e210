import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonChanges } from './buttons.ts';

test('each bit is the button that the DOM means', () => {
  assert.deepEqual(
    [1, 2, 4, 8, 16].map((mask) => buttonChanges(0, mask)),
    [0, 2, 1, 3, 4].map((button) => [{ button, down: true }]),
  );
});

test('releases come before presses', () => {
  assert.deepEqual(buttonChanges(1, 2), [
    { button: 0, down: false },
    { button: 2, down: true },
  ]);
});

test('an unchanged mask and bits of unknown buttons change nothing', () => {
  assert.deepEqual(buttonChanges(5, 5), []);
  assert.deepEqual(buttonChanges(0, 32), []);
});
