import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type Shape, steady } from './shape.ts';
import { Shaper } from './shaper.ts';

/** Asks every `stepMs` until all has arrived; when each item did. */
function arrivals(shaper: Shaper<number>, count: number, stepMs = 1): Map<number, number> {
  const times = new Map<number, number>();
  for (let now = 0; times.size < count; now += stepMs) for (const item of shaper.take(now)) times.set(item, now);
  return times;
}

test('a full line is as fast as it says, however rarely it is asked', () => {
  for (const stepMs of [1, 7, 40]) {
    const shaper = new Shaper<number>(steady(20, 10));
    for (let item = 0; item < 1000; item += 1) shaper.push(item, 1250, 0);
    const last = arrivals(shaper, 1000, stepMs).get(999) ?? 0;
    // 1.25 MB at 2.5 MB/s, and the delay.
    assert.ok(Math.abs(last - 510) <= stepMs, `${last} ms`);
  }
});

test('a lone piece takes its sending time and the delay', () => {
  const shaper = new Shaper<number>(steady(5, 40));
  shaper.push(0, 625, 0);
  assert.deepEqual(shaper.take(40.9), []);
  assert.deepEqual(shaper.take(41), [0]);
  assert.equal(shaper.nextAt, undefined);
});

test('time in which nothing was sent is not saved up', () => {
  const shaper = new Shaper<number>(steady(8, 0));
  shaper.push(0, 1000, 500);
  shaper.push(1, 1000, 500);
  assert.deepEqual(shaper.take(501), [0]);
  assert.deepEqual(shaper.take(502), [1]);
});

test('the waiting room is full at 100 ms of bytes and open again below', () => {
  const shaper = new Shaper<number>(steady(8, 10));
  for (let item = 0; item < 100; item += 1) {
    assert.equal(shaper.full, false);
    shaper.push(item, 1000, 0);
  }
  assert.equal(shaper.full, true);
  shaper.take(1);
  assert.equal(shaper.full, false);
});

test('a new rate holds from then on', () => {
  const shaper = new Shaper<number>(steady(80, 0));
  for (let item = 0; item < 20; item += 1) shaper.push(item, 1000, 0);
  assert.equal(shaper.take(1).length, 10);
  shaper.reshape(steady(8, 0), 1);
  assert.equal(shaper.take(6).length, 5);
  assert.equal(shaper.take(11).length, 5);
});

test('jitter adds to the delay, more and less in turn, and never beyond its bound', () => {
  const shaper = new Shaper<number>({ ...steady(1000, 10), jitterMs: 100 });
  const delays: number[] = [];
  for (let now = 0; now < 4000; now += 1) {
    if (now % 200 === 0) shaper.push(now, 1, now);
    delays.push(...shaper.take(now).map((sent) => now - sent));
  }
  assert.equal(delays.length, 20);
  assert.ok(Math.min(...delays) >= 10 && Math.max(...delays) <= 111);
  assert.ok(Math.max(...delays) - Math.min(...delays) > 30);
});

test('nothing is lost and nothing overtakes, whatever the line does', async () => {
  const shape: fc.Arbitrary<Shape> = fc.record({
    mbps: fc.double({ min: 0.1, max: 1000, noNaN: true }),
    delayMs: fc.nat(100),
    queueMs: fc.nat(200),
    jitterMs: fc.nat(300),
  });
  const event = fc.record({ after: fc.nat(50), size: fc.nat(3000), shape: fc.option(shape, { freq: 5 }) });
  await fc.assert(
    fc.property(shape, fc.array(event, { maxLength: 60 }), (first, events) => {
      const shaper = new Shaper<number>(first);
      const arrived: number[] = [];
      let now = 0;
      for (const [item, { after, size, shape: next }] of events.entries()) {
        now += after;
        if (next) shaper.reshape(next, now);
        shaper.push(item, size, now);
        arrived.push(...shaper.take(now));
      }
      arrived.push(...shaper.take(Number.MAX_SAFE_INTEGER));
      assert.deepEqual(arrived, [...events.keys()]);
    }),
  );
});
