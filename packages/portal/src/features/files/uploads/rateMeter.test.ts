import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateMeter } from './rateMeter.ts';

test('the speed is that of the last seconds, not of all the time', () => {
  const meter = new RateMeter();
  for (let second = 0; second <= 20; second += 1) meter.tell(second * 1_000, second * 1_000);
  for (let second = 1; second <= 10; second += 1) meter.tell(20_000 + second * 5_000, (20 + second) * 1_000);
  assert.equal(meter.rate, 5_000);
});

test('nothing known is no speed, and going back begins anew', () => {
  const meter = new RateMeter();
  assert.equal(meter.rate, 0);
  meter.tell(500, 0);
  assert.equal(meter.rate, 0);
  meter.tell(1_500, 1_000);
  assert.equal(meter.rate, 1_000);
  meter.tell(0, 2_000);
  assert.equal(meter.rate, 0);
});
