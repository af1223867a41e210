import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SteadyClock } from './steadyClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 480_000 * HOUR;

test('a clock has to run without a jump for an hour before it says what is old', () => {
  const clock = new SteadyClock();
  let [wall, running] = [NOW, 5_000];
  const minutes = (count: number) => {
    let isSteady = false;
    for (let n = 0; n < count; n++) {
      wall += MINUTE + 20;
      running += MINUTE;
      isSteady = clock.isSteady(wall, running);
    }
    return isSteady;
  };
  assert.equal(minutes(59), false);
  assert.equal(minutes(10), true);
  wall += 365 * DAY;
  assert.equal(minutes(30), false);
  wall -= 365 * DAY;
  assert.equal(minutes(40), false);
  assert.equal(minutes(30), true);
});
