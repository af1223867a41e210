import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthSample, type ProcessNews, processNews, type StatsParams, statsSample } from '@porthole/protocol';
import type { HostChannel } from '../../base/channelHost.ts';
import type { HealthReader, ProcessReader, StatsBackend } from './backend.ts';
import { LinuxStats } from './backends/linux/linuxStats.ts';
import { StatsFeature } from './stats.ts';

interface Sent {
  json: unknown;
  sync: boolean;
}

/** A channel that keeps what it is sent; `next` resolves with the message of that number. */
function open(feature: StatsFeature, params: Partial<StatsParams>) {
  const sent: Sent[] = [];
  let told = Promise.withResolvers<void>();
  const channel = {
    params: { operation: 'sample', intervalMs: 500, programs: '', ...params },
    accept: () => undefined,
    send: (bytes: Uint8Array, sync: boolean) => {
      sent.push({ json: JSON.parse(Buffer.from(bytes).toString()), sync });
      told.resolve();
      told = Promise.withResolvers();
    },
  };
  const listener = feature.open(channel as unknown as HostChannel);
  const next = async (at: number) => {
    while (sent.length <= at) await told.promise;
    return sent[at] as Sent;
  };
  return { sent, next, listener };
}

/** This machine, with every look at it counted. */
function counted() {
  const real = new LinuxStats();
  const looks = { health: 0, processes: 0 };
  const count = (reader: HealthReader): HealthReader => ({
    read: () => {
      looks.health++;
      return reader.read();
    },
  });
  const processes = real.processes();
  const backend: StatsBackend = {
    health: () => count(real.health()),
    processes: (): ProcessReader => ({
      loads: () => processes.loads(),
      rows: () => {
        looks.processes++;
        return processes.rows();
      },
    }),
    facts: () => real.facts(),
    glance: () => real.glance(),
  };
  return { backend, looks };
}

test('what is recorded, what is shown and what runs each come at once, and fit what was agreed', async () => {
  const feature = new StatsFeature(new LinuxStats());
  const sample = open(feature, { operation: 'sample' });
  const health = open(feature, { operation: 'health' });
  const processes = open(feature, { operation: 'processes' });
  const recorded = statsSample.parse((await sample.next(0)).json);
  assert.ok(recorded.memory.total > 0 && recorded.memory.used <= recorded.memory.total);
  assert.ok(recorded.top && recorded.top.length > 0, 'the first names what uses most');
  assert.ok(healthSample.parse((await health.next(0)).json).cores.length > 0);
  const list = processNews.parse((await processes.next(0)).json);
  assert.ok(list.whole && list.rows.some(({ pid }) => pid === process.pid));
  for (const { listener } of [sample, health, processes]) listener.closed();
  feature.close();
});

test('however many look, the machine is looked at once, and not at all when nobody does', async () => {
  const { backend, looks } = counted();
  const feature = new StatsFeature(backend);
  const first = open(feature, { operation: 'health' });
  await first.next(0);
  const before = looks.health;
  const others = [open(feature, { operation: 'health' }), open(feature, { operation: 'health' })];
  await Promise.all([first.next(2), ...others.map(({ next }) => next(2))]);
  assert.ok(looks.health - before <= 5, `${looks.health - before} looks for three viewers and two more times`);
  for (const { listener } of [first, ...others]) listener.closed();
  const after = looks.health;
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(looks.health, after);
  feature.close();
});

test('a program that should run and does not is named in the sample, and no other', async () => {
  const feature = new StatsFeature(new LinuxStats());
  const { next, listener } = open(feature, { programs: 'no-such-program\nnode\n' });
  const { missing } = statsSample.parse((await next(0)).json);
  assert.deepEqual(missing, ['no-such-program']);
  listener.closed();
  feature.close();
});

test('a viewer that missed changes gets the whole list anew, marked as something to begin with', async () => {
  const feature = new StatsFeature(new LinuxStats());
  const { sent, next, listener } = open(feature, { operation: 'processes' });
  assert.deepEqual((await next(0)).sync, true);
  const second = await next(sent.length);
  assert.deepEqual([(second.json as ProcessNews).whole, second.sync], [false, false]);
  const at = sent.length;
  listener.lagged?.();
  const anew = sent[at];
  assert.ok(anew);
  assert.deepEqual([(anew.json as ProcessNews).whole, anew.sync], [true, true]);
  listener.closed();
  feature.close();
});
