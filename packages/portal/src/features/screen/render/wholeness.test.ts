import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTooLate, pixelBudget } from './overload.ts';
import { Wholeness } from './wholeness.ts';

test('one loss is one refresh, and the answer makes the picture whole again', () => {
  const asked: number[] = [];
  const whole = new Wholeness(
    (at) => asked.push(at),
    () => 50,
  );
  assert.equal(whole.isWhole, true);
  whole.lost();
  whole.lost();
  assert.deepEqual([asked, whole.isWhole], [[50], false]);
  whole.answered(49);
  assert.equal(whole.isWhole, false);
  whole.answered(50);
  assert.equal(whole.isWhole, true);
});

test('what is lost soon after an answer is asked for later, once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const asked: number[] = [];
  const whole = new Wholeness(
    (at) => asked.push(at),
    () => asked.length + 1,
  );
  whole.lost();
  whole.answered(1);
  for (let n = 0; n < 5; n++) whole.lost();
  assert.deepEqual([asked.length, whole.isWhole], [1, false]);
  t.mock.timers.tick(850);
  assert.equal(asked.length, 2);
  whole.reset();
  t.mock.timers.tick(5_000);
  assert.deepEqual([asked.length, whole.isWhole], [2, true]);
});

test('an answer that never comes does not end the asking', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let [asked, now] = [0, 0];
  const whole = new Wholeness(
    () => asked++,
    () => now,
  );
  whole.lost();
  now = 2_999;
  whole.lost();
  assert.equal(asked, 1);
  now = 3_000;
  whole.lost();
  t.mock.timers.tick(850);
  assert.deepEqual([asked, whole.isWhole], [2, false]);
});

test('a burst is decoded, a backlog is not', () => {
  assert.equal(isTooLate({ count: 10, ageMs: 50 }), false);
  assert.equal(isTooLate({ count: 4, ageMs: 101 }), true);
  assert.equal(isTooLate({ count: 1, ageMs: 299 }), false);
  assert.equal(isTooLate({ count: 1, ageMs: 301 }), true);
  assert.equal(isTooLate({ count: 33, ageMs: 0 }), true);
});

test('pixels that may wait follow the display, up to a bound', () => {
  assert.ok(pixelBudget({ width: 1920, height: 1080 }) >= 2 * 1920 * 1080);
  assert.equal(pixelBudget({ width: 16_384, height: 16_384 }), 1 << 26);
});
