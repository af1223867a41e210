import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WheelAxis } from './wheel.ts';

test('fine movements add up to notches', () => {
  const axis = new WheelAxis();
  const turned = [30, 30, 30, 30, 50, 190].map((delta) => axis.add(delta));
  assert.deepEqual(turned, [0, 0, 0, 1, 0, 2]);
});

test('turning back starts anew', () => {
  const axis = new WheelAxis();
  axis.add(110);
  assert.equal(axis.add(-100), 0);
  assert.equal(axis.add(-20), -1);
});

test('absurd movements are bounded, and no numbers are none', () => {
  const axis = new WheelAxis();
  assert.equal(axis.add(32_767), 20);
  assert.equal(axis.add(Number.NaN), 0);
  assert.equal(axis.add(Number.POSITIVE_INFINITY), 0);
});
