import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromClock, toClock, withValue } from './choices.ts';

test('what was chosen elsewhere is offered in its place', () => {
  assert.deepEqual(withValue([1, 5, 10], 7), [1, 5, 7, 10]);
  assert.deepEqual(withValue([1, 5, 10], 5), [1, 5, 10]);
});

test('minutes of the day go to a time field and back', () => {
  for (const minute of [0, 59, 510, 1_439]) assert.equal(fromClock(toClock(minute)), minute);
  assert.equal(toClock(510), '08:30');
});

test('what is no time of the day is none', () => {
  for (const text of ['', '8:30', '24:00', '12:60', 'noon']) assert.equal(fromClock(text), undefined, text);
  assert.equal(fromClock('08:30:15'), 510, 'some browsers add seconds');
});
