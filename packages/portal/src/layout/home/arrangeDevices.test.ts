import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_PROFILE, type HomeSettings } from '@porthole/protocol';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { type Arrangement, arrangeDevices, type Reading } from './arrangeDevices.ts';

const PLAIN: Arrangement = {
  grouping: 'none',
  sorting: 'name',
  descending: false,
  unhealthyFirst: false,
  favouritesFirst: false,
};

/** Numbered as given, in groups and with tags by name. */
const device = (name: string, profile: Partial<DeviceSummary['profile']> = {}, system = 'Debian'): DeviceSummary => ({
  id: name,
  name,
  online: true,
  system,
  hostname: name,
  model: '',
  address: '',
  alerts: 0,
  profile: { ...EMPTY_PROFILE, ...profile },
});
const devices = [
  device('a', { number: 20, group: 'lab', tags: ['x', 'y'] }),
  device('b', { group: 'Attic' }, 'Fedora'),
  device('c', { number: 3, group: 'lab 10', tags: ['y'] }),
  device('d', { number: 10, group: 'lab 9' }),
];
const load = (cpu: number, part: Partial<Reading> = {}): Reading => ({
  online: true,
  alerts: 0,
  stats: { at: 1, cpu, memory: { used: 1 - cpu, total: 1 } },
  ...part,
});
const readings = new Map([
  ['a', load(0.1)],
  ['b', load(0.9, { online: false })],
  ['c', load(0.5, { alerts: 1 })],
  ['d', load(0.7)],
]);
const context = {
  reading: (id: string) => readings.get(id) ?? load(0),
  favourites: new Set(['d']),
  places: new Map([
    ['c', 0],
    ['a', 1],
  ]),
};
const arrange = (part: Partial<HomeSettings>) => arrangeDevices(devices, { ...PLAIN, ...part }, context);
const names = (part: Partial<HomeSettings>) =>
  arrange(part)
    .flatMap((section) => section.devices.map(({ name }) => name))
    .join('');
const titles = (part: Partial<HomeSettings>) =>
  arrange(part).map(({ title, devices: inside }) => `${title}:${inside.map(({ name }) => name).join('')}`);

test('by name either way', () => {
  assert.deepEqual([names({}), names({ descending: true })], ['abcd', 'dcba']);
});

test('what has no number, no sample or no place comes last in either direction', () => {
  assert.deepEqual([names({ sorting: 'number' }), names({ sorting: 'number', descending: true })], ['cdab', 'adcb']);
  assert.deepEqual([names({ sorting: 'cpu', descending: true }), names({ sorting: 'memory' })], ['dcab', 'dcab']);
  assert.deepEqual(names({ sorting: 'own' }), 'cabd');
});

test('state puts alerts first and what is away last, unhealthy first puts both before the rest', () => {
  assert.deepEqual([names({ sorting: 'state' }), names({ unhealthyFirst: true })], ['cadb', 'cbad']);
});

test('favourites come before everything', () => {
  assert.deepEqual(names({ favouritesFirst: true, unhealthyFirst: true }), 'dcba');
});

test('groups stand in natural order, those without one last', () => {
  assert.deepEqual(titles({ grouping: 'group' }), ['Attic:b', 'lab:a', 'lab 9:d', 'lab 10:c']);
  assert.deepEqual(titles({ grouping: 'tag' }), ['x:a', 'y:ac', 'null:bd']);
  assert.deepEqual(titles({ grouping: 'system' }), ['Debian:acd', 'Fedora:b']);
  assert.deepEqual(titles({ grouping: 'state' }), ['alert:c', 'online:ad', 'offline:b']);
});

test('no devices are no sections', () => {
  assert.deepEqual(arrangeDevices([], PLAIN, context), []);
});
