import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf } from './day.ts';

test('a day goes from midnight to midnight of the local clock, and the next begins where it ends', () => {
  for (let at = Date.UTC(2026, 0, 1, 11); at < Date.UTC(2027, 0, 1); at += 43_200_000) {
    const day = dayOf(at);
    assert.ok(day.from <= at && at < day.to);
    assert.equal(dayOf(day.from).date, day.date);
    assert.equal(dayOf(day.to - 1).date, day.date);
    assert.equal(dayOf(day.to).from, day.to);
    assert.notEqual(dayOf(day.to).date, day.date);
  }
});

test('a date is written so that it can be sorted', () => {
  assert.equal(dayOf(new Date(2026, 2, 5, 23, 59).getTime()).date, '2026-03-05');
});
