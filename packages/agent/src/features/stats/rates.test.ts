import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rates } from './rates.ts';

const at = (name: string, ...values: number[]) => new Map([[name, values]]);

test('a counter becomes what it gains in a second', () => {
  const rates = new Rates();
  assert.deepEqual(rates.update(at('sda', 1_000, 0), 0).get('sda'), [0, 0]);
  assert.deepEqual(rates.update(at('sda', 3_000, 50), 2_000).get('sda'), [1_000, 25]);
});

test('a counter that jumps back counts as nothing once, and goes on from there', () => {
  const rates = new Rates();
  rates.update(at('eth0', 5_000), 0);
  assert.deepEqual(rates.update(at('eth0', 10), 1_000).get('eth0'), [0]);
  assert.deepEqual(rates.update(at('eth0', 110), 2_000).get('eth0'), [100]);
});

test('what vanishes is forgotten, and begins anew when it is back', () => {
  const rates = new Rates();
  rates.update(at('usb0', 100), 0);
  assert.equal(rates.update(new Map(), 1_000).size, 0);
  assert.deepEqual(rates.update(at('usb0', 9_000), 2_000).get('usb0'), [0]);
});

test('two readings in one moment do not divide by nothing: the rates before still hold', () => {
  const rates = new Rates();
  rates.update(at('sda', 0), 0);
  assert.deepEqual(rates.update(at('sda', 700), 1_000).get('sda'), [700]);
  assert.deepEqual(rates.update(at('sda', 900), 1_001).get('sda'), [700]);
});

test('whatever counters and clocks do, rates are numbers and never below zero', () => {
  const reading = fc.record({ value: fc.double(), now: fc.double() });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 8 }), (readings) => {
      const rates = new Rates();
      for (const { value, now } of readings) {
        const [rate = 0] = rates.update(at('x', value), now).get('x') ?? [];
        assert.ok(rate >= 0 && !Number.isNaN(rate));
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
