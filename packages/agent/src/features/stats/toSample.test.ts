import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HealthSample, statsSample } from '@porthole/protocol';
import { missingPrograms } from './missingPrograms.ts';
import { toSample } from './toSample.ts';

const HEALTH: HealthSample = {
  at: 5,
  cpu: 0.5,
  cores: [{ busy: 0.5 }],
  load: [1, 2, 3],
  memory: { used: 1, total: 2, cached: 1 },
  disks: [
    { mount: '/', used: 10, total: 20 },
    { mount: '/home', used: 1, total: 2 },
  ],
  drives: [
    { name: 'sda', read: 10, written: 1 },
    { name: 'sdb', read: 5, written: 2 },
  ],
  interfaces: [
    { name: 'eth0', received: 100, sent: 10 },
    { name: 'wlan0', received: 1, sent: 2 },
  ],
  temperatures: [
    { name: 'coretemp Core 0', celsius: 60 },
    { name: 'nct6775 AUXTIN0', celsius: 119 },
    { name: 'nvme Composite', celsius: 41 },
  ],
  fans: [],
  gpus: [{ name: 'a', busy: 0.2 }, { name: 'b', busy: 0.7 }, { name: 'c' }],
};

test('what is recorded is the drive of the system, sums of what moves, and the hottest part that can be believed', () => {
  assert.deepEqual(statsSample.parse(toSample(HEALTH)), {
    at: 5,
    cpu: 0.5,
    memory: { used: 1, total: 2 },
    load: 1,
    disk: { used: 10, total: 20 },
    io: { read: 15, written: 3 },
    network: { received: 101, sent: 12 },
    temperature: 60,
    gpu: 0.7,
  });
});

test('what the machine lacks is left out', () => {
  const { load: _, ...rest } = HEALTH;
  const bare = { ...rest, disks: [], drives: [], interfaces: [], temperatures: [], gpus: [] };
  assert.deepEqual(Object.keys(toSample(bare)), ['at', 'cpu', 'memory']);
});

test('a program is missing unless something of its name runs, also when the system cut that name', () => {
  const running = [{ name: 'nginx' }, { name: 'gnome-terminal-' }];
  assert.deepEqual(missingPrograms('nginx\ngnome-terminal-server\nsshd\nsshd\n', running), ['sshd']);
  assert.deepEqual(missingPrograms('', []), []);
});
