import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { type DeviceFacts, deviceFacts, fromAgent, LIMITS, parseMessage } from '@porthole/protocol';
import { fitFacts, sameFacts } from './facts.ts';
import { FactsWatch } from './factsWatch.ts';

const GB = 1e9;
const FACTS: DeviceFacts = {
  kernel: 'Linux 6.1',
  bootedAt: 1_700_000_000_000,
  users: ['ann'],
  gpus: [],
  drives: [{ mount: '/', device: '/dev/sda1', format: 'ext4', size: 100 * GB, free: 50 * GB, main: true }],
  interfaces: [{ name: 'eth0', mac: '02:00:00:00:00:01', addresses: ['192.168.1.7/24'] }],
  displays: [],
  battery: false,
  power: [],
};

function withFree(free: number): DeviceFacts {
  return { ...FACTS, drives: FACTS.drives.map((drive) => ({ ...drive, free })) };
}

test('a little less room and a clock that is kept in time are no news; a user, an address, a full drive are', () => {
  assert.ok(sameFacts(FACTS, { ...withFree(50.4 * GB), bootedAt: 1_700_000_001_000 }));
  assert.equal(sameFacts(FACTS, withFree(48 * GB)), false);
  assert.equal(sameFacts(FACTS, { ...FACTS, users: ['ann', 'bob'] }), false);
  assert.equal(sameFacts(FACTS, { ...FACTS, interfaces: [{ name: 'eth0', addresses: [] }] }), false);
  assert.equal(sameFacts(FACTS, { ...FACTS, bootedAt: 1_700_000_900_000 }), false, 'it was started anew');
});

test('facts fit into a message, whatever names somebody has chosen', () => {
  const hostile = '\u0001'.repeat(256);
  const interfaces = Array.from({ length: 64 }, (_, n) => ({
    name: hostile,
    addresses: Array.from({ length: 32 }, () => `fe80::${n}/64`),
  }));
  const facts = fitFacts({ ...FACTS, users: Array.from({ length: 64 }, () => hostile), interfaces });
  deviceFacts.parse(facts);
  const text = JSON.stringify({ type: 'state', facts });
  assert.ok(Buffer.byteLength(text) < LIMITS.control);
  parseMessage(fromAgent, text);
  assert.deepEqual(facts.drives, FACTS.drives, 'what is short is kept');
});

test('facts are told once and when they changed, and looked at when a glance says so', async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setInterval'] });
  let [seen, looks, facts] = ['as it was', 0, FACTS];
  const told: DeviceFacts[] = [];
  const watch = new FactsWatch({
    read: async () => {
      looks++;
      return facts;
    },
    glance: () => seen,
    changed: (now) => told.push(now),
  });
  const pass = async (ms: number) => {
    mock.timers.tick(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  watch.start();
  watch.start();
  await pass(120_000);
  assert.deepEqual([looks, told.length], [1, 1]);
  seen = 'something else';
  await pass(30_000);
  assert.deepEqual([looks, told.length], [2, 1], 'what changed was no fact');
  [seen, facts] = ['an address', { ...FACTS, users: [] }];
  await pass(30_000);
  assert.deepEqual(told.at(-1)?.users, []);
  assert.deepEqual(watch.facts?.users, []);
  watch.close();
  seen = 'later';
  await pass(60_000);
  assert.equal(looks, 3);
});
