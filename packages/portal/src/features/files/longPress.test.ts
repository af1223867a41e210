import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LongPress } from './longPress.ts';

function setUp(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const held: number[] = [];
  return { held, press: new LongPress((index) => held.push(index)), pass: (ms: number) => t.mock.timers.tick(ms) };
}

test('a finger that rests holds its entry, once, and its end is no tap', (t) => {
  const { held, press, pass } = setUp(t);
  press.down(3);
  pass(1_000);
  press.hold();
  press.up();
  assert.deepEqual(held, [3]);
  assert.equal(press.wasLong, true);
});

test('a finger that lifts or scrolls in time holds nothing', (t) => {
  const { held, press, pass } = setUp(t);
  press.down(3);
  pass(200);
  press.up();
  pass(1_000);
  press.hold();
  assert.deepEqual(held, []);
  assert.equal(press.wasLong, false);
});

test('the next press begins anew', (t) => {
  const { held, press, pass } = setUp(t);
  press.down(1);
  pass(1_000);
  press.down(2);
  assert.equal(press.wasLong, false);
  press.up();
  assert.deepEqual(held, [1]);
});
