import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coder } from '@porthole/protocol';
import fc from 'fast-check';
import { DeviceClock } from './clock.ts';
import { LatencyMeter, quantiles, STAGES } from './latency.ts';

test('before the first sample nothing is known', () => {
  assert.equal(new DeviceClock().toLocal(5), undefined);
});

test('a moment of the device is known to within half of the shortest round trip', () => {
  const delay = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 12 }), (trips) => {
      const offset = 123_456;
      const clock = new DeviceClock();
      let now = 1_000;
      for (const [there, back] of trips) {
        clock.sample(now, now + there + back, now + there + offset);
        now += 1_000;
      }
      const shortest = Math.min(...trips.map(([there, back]) => there + back));
      const error = Math.abs((clock.toLocal(50_000 + offset) ?? Number.NaN) - 50_000);
      assert.ok(error <= shortest / 2 + 1e-6);
    }),
    { seed: 22, numRuns: 300 },
  );
});

test('old samples are forgotten, so that a clock that drifts is followed', () => {
  const clock = new DeviceClock();
  clock.sample(0, 0, 1_000);
  for (let n = 0; n < 12; n++) clock.sample(n, n + 10, n + 5 + 2_000);
  assert.equal(clock.toLocal(2_000), 0);
});

const NOTHING = Object.values(Coder).map(() => ({ bytes: 0, area: 0 }));

test('the figures of the last three seconds count, and none at all when nothing was shown', () => {
  const meter = new LatencyMeter();
  assert.equal(meter.read(0), null);
  const cost = { capture: 1, encode: 2, relay: 3, network: 4, decode: 5, paint: 6, total: 21 };
  for (let n = 0; n < 30; n++) {
    meter.shown({ at: n * 100, bytes: 3_000, cost: n < 2 ? undefined : cost, shares: NOTHING });
  }
  const metrics = meter.read(2_900);
  assert.deepEqual([metrics?.fps, metrics?.kBps], [10, 30]);
  for (const stage of STAGES) assert.deepEqual(metrics?.latency[stage], { p50: cost[stage], p95: cost[stage] });
  assert.equal(metrics?.keyToPhoton, null);
  assert.equal(meter.read(10_000), null);
});

test('bytes and area are told apart by coder, and keys are remembered longer than pictures', () => {
  const meter = new LatencyMeter();
  const shares = NOTHING.map((_, coder) => ({ bytes: coder, area: coder * 100 }));
  meter.shown({ at: 0, bytes: 21, cost: undefined, shares, keyMs: 30 });
  meter.shown({ at: 5_000, bytes: 21, cost: undefined, shares, keyMs: 10 });
  meter.shown({ at: 5_100, bytes: 21, cost: undefined, shares });
  const metrics = meter.read(5_100);
  assert.deepEqual(metrics?.coders.video, { bytes: 12, area: 1_200 });
  assert.deepEqual(metrics?.coders.solid, { bytes: 0, area: 0 });
  assert.deepEqual(metrics?.keyToPhoton, { p50: 30, p95: 30, count: 2 });
});

test('quantiles are values that occurred', () => {
  assert.deepEqual(quantiles([]), { p50: 0, p95: 0 });
  assert.deepEqual(quantiles([5]), { p50: 5, p95: 5 });
  assert.deepEqual(quantiles(Array.from({ length: 100 }, (_, n) => 99 - n)), { p50: 50, p95: 95 });
});
