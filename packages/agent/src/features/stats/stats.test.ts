import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { type StatsSample, statsSample } from '@porthole/protocol';
import fc from 'fast-check';
import type { HostChannel } from '../../base/channelHost.ts';
import { cpuShare, LoadSampler } from './backend.ts';
import { StatsFeature } from './stats.ts';

test('the share of busy time is between 0 and 1, even when the counters of the system jump', () => {
  const times = fc.record({ busy: fc.nat(), total: fc.nat() });
  fc.assert(
    fc.property(times, times, (before, now) => {
      const share = cpuShare(before, now);
      assert.ok(share >= 0 && share <= 1);
    }),
    { seed: 19, numRuns: 500 },
  );
  assert.equal(cpuShare({ busy: 10, total: 100 }, { busy: 35, total: 150 }), 0.5);
  assert.equal(cpuShare({ busy: 10, total: 100 }, { busy: 10, total: 100 }), 0);
});

test('a sample of this machine fits the schema, however fast they are taken', () => {
  const sampler = new LoadSampler();
  for (let n = 0; n < 50; n++) {
    const sample = statsSample.parse(sampler.sample());
    assert.ok(sample.memory.total > 0 && sample.memory.used <= sample.memory.total);
  }
});

test('a channel gets a sample at once, then one per interval until it closes', (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setInterval'] });
  const samples: StatsSample[] = [];
  const channel = {
    params: { intervalMs: 1_000 },
    accept: () => undefined,
    send: (bytes: Uint8Array) => samples.push(statsSample.parse(JSON.parse(Buffer.from(bytes).toString()))),
  };
  const listener = new StatsFeature().open(channel as unknown as HostChannel);
  assert.equal(samples.length, 1);
  mock.timers.tick(3_500);
  assert.equal(samples.length, 4);
  listener.closed();
  mock.timers.tick(10_000);
  assert.equal(samples.length, 4);
});
