import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WheelMeter } from './wheel.ts';

const wheel = (deltaY: number, deltaMode = 0, more = {}) => ({ deltaX: 0, deltaY, deltaMode, ...more });

test('a notch is 120 in pixels, lines and by what the browser knows of notches', () => {
  assert.equal(new WheelMeter().add(wheel(100)).dy, 120);
  assert.equal(new WheelMeter().add(wheel(-3, 1)).dy, -120);
  assert.equal(new WheelMeter().add(wheel(53, 0, { wheelDeltaY: -120 })).dy, 120);
  assert.equal(new WheelMeter().add(wheel(-400, 0, { wheelDeltaY: 240 })).dy, -240);
});

test('a touchpad that moves by pixels is not rounded to notches', () => {
  assert.equal(new WheelMeter().add(wheel(5, 0, { wheelDeltaY: -15 })).dy, 6);
});

test('small movements add up instead of being lost', () => {
  const meter = new WheelMeter();
  const total = Array.from({ length: 100 }, () => meter.add(wheel(0.25)).dy).reduce((sum, dy) => sum + dy, 0);
  assert.equal(total, 30);
});

test('both directions are kept apart, and right is positive', () => {
  assert.deepEqual(new WheelMeter().add({ deltaX: 10, deltaY: -20, deltaMode: 0 }), { dx: 12, dy: -24 });
});

test('absurd values stay within what a message can carry', () => {
  const meter = new WheelMeter();
  assert.equal(meter.add(wheel(1e9)).dy, 32_767);
  assert.equal(meter.add(wheel(Number.NaN)).dy, 0);
  assert.equal(meter.add(wheel(Number.POSITIVE_INFINITY)).dy, 0);
  assert.equal(meter.add(wheel(100)).dy, 120);
});
