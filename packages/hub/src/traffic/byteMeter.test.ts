import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteMeter } from './byteMeter.ts';

test('a steady stream is shown as what it is, wherever in a span one looks', () => {
  const meter = new ByteMeter();
  for (let now = 0; now < 20_000; now += 100) meter.add(100, now);
  for (const now of [19_950, 20_000]) assert.ok(Math.abs(meter.rate(now) - 1_000) < 60, String(meter.rate(now)));
  assert.equal(meter.total, 20_000);
});

test('what came long ago is no rate any more, but stays in the total', () => {
  const meter = new ByteMeter(7);
  meter.add(5_000, 100_000);
  assert.equal(meter.rate(100_000), 1_000);
  assert.equal(meter.rate(105_000), 1_000);
  assert.equal(meter.rate(107_500), 500);
  assert.equal(meter.rate(110_000), 0);
  assert.equal(meter.rate(900_000), 0);
  assert.equal(meter.total, 5_007);
});

test('a pause of any length before it changes nothing about what comes now', () => {
  const meter = new ByteMeter();
  meter.add(999, 3);
  meter.add(10_000, 1e9);
  assert.equal(meter.rate(1e9), 2_000);
});
