import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceFacts } from '@porthole/protocol';
import { fakeDevice } from '../../../testing/fakeDevice.ts';
import { formatZone, listFacts } from './listFacts.ts';

const BARE: DeviceFacts = { users: [], gpus: [], drives: [], interfaces: [], displays: [], battery: false, power: [] };

test('what a device lacks is left out, group and all', () => {
  const groups = listFacts({ device: fakeDevice('desk'), facts: BARE, now: 0 });
  assert.equal(groups.length, 1);
  for (const { lines } of groups) for (const { name, value } of lines) assert.notEqual(value, '', name);
});

test('before it has told, there is what every device tells', () => {
  const [system] = listFacts({ device: fakeDevice('desk'), facts: undefined, now: 0 });
  assert.ok(system?.lines.some(({ value }) => value === 'Debian GNU/Linux 12'));
});

test('addresses are offered to be copied as people type them', () => {
  const interfaces = [{ name: 'eth0', mac: '02:fc:00:00:00:01', addresses: ['192.168.1.7/24', 'fe80::1/64'] }];
  const groups = listFacts({ device: fakeDevice('desk'), facts: { ...BARE, interfaces }, now: 0 });
  const line = groups.at(-1)?.lines[0];
  assert.deepEqual(line?.copies, ['02:fc:00:00:00:01', '192.168.1.7', 'fe80::1']);
  assert.equal(line?.title, '192.168.1.7/24\nfe80::1/64');
});

test('hostile text is shown as what it is', () => {
  const groups = listFacts({
    device: fakeDevice('desk'),
    facts: { ...BARE, kernel: 'a\u202eb', users: ['x\u0000'] },
    now: 0,
  });
  const text = JSON.stringify(groups);
  assert.ok(text.includes('u{202e}') && text.includes('u{0000}') && !text.includes('\u202e'));
});

test('time zones are written as offsets', () => {
  assert.deepEqual([formatZone(330), formatZone(-90), formatZone(0)], ['UTC+05:30', 'UTC−01:30', 'UTC+00:00']);
});
