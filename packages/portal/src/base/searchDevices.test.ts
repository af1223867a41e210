import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_PROFILE, type StatsSample } from '@porthole/protocol';
import type { DeviceSummary } from './devicesStore.ts';
import { asksForFigures, searchDevices } from './searchDevices.ts';

const device = (name: string, online: boolean, part: Partial<DeviceSummary> = {}): DeviceSummary => ({
  id: name,
  name,
  online,
  system: 'Debian',
  hostname: `${name}.lan`,
  model: '',
  address: '',
  alerts: 0,
  profile: EMPTY_PROFILE,
  ...part,
});
const devices = [
  device('Café', true, { profile: { ...EMPTY_PROFILE, group: 'Ground floor', tags: ['kitchen'], number: 7 } }),
  device('lab-1', false, { system: 'Fedora', profile: { ...EMPTY_PROFILE, group: 'lab', tags: ['old', 'loud'] } }),
  device('lab-2', true, {
    system: 'Fedora',
    alerts: 2,
    address: '10.0.0.7',
    profile: { ...EMPTY_PROFILE, group: 'lab' },
  }),
];
const sample = (cpu: number, part: Partial<StatsSample> = {}): StatsSample => ({
  at: 1,
  cpu,
  memory: { used: 3, total: 4 },
  ...part,
});
const samples = new Map([
  ['Café', sample(0.85, { disk: { used: 99, total: 100 }, temperature: 71 })],
  ['lab-1', sample(0.99)],
  ['lab-2', sample(0.2, { load: 2.5, memory: { used: 9, total: 10 } })],
]);
const context = { stats: (id: string) => samples.get(id) ?? null, favourites: new Set(['lab-1']) };
const found = (query: string) => searchDevices(devices, query, context).map(({ name }) => name);

test('an empty search is the very list', () => {
  assert.equal(searchDevices(devices, '  '), devices);
});

test('words match name, host name, system, group and tags without case and accents', () => {
  assert.deepEqual(found('CAFE'), ['Café']);
  assert.deepEqual(found('fedora'), ['lab-1', 'lab-2']);
  assert.deepEqual(found('lab-2.lan'), ['lab-2']);
  assert.deepEqual([found('kitchen'), found('10.0.0')], [['Café'], ['lab-2']]);
});

test('all words must match, and a state is a word', () => {
  assert.deepEqual(found('lab offline'), ['lab-1']);
  assert.deepEqual(found('online fedora'), ['lab-2']);
  assert.deepEqual(found('lab debian'), []);
  assert.deepEqual([found('alert'), found('is:favourite'), found('is:offline')], [['lab-2'], ['lab-1'], ['lab-1']]);
});

test('a key looks into that part alone, and quotes hold words together', () => {
  assert.deepEqual(
    [found('group:lab'), found('tag:old'), found('number:7')],
    [['lab-1', 'lab-2'], ['lab-1'], ['Café']],
  );
  assert.deepEqual([found('group:"ground floor"'), found('"ground floor"')], [['Café'], ['Café']]);
  assert.deepEqual([found('name:fedora'), found('system:fedora name:1')], [[], ['lab-1']]);
});

test('figures are compared in percent and as they are shown, of devices that are online', () => {
  assert.deepEqual([found('cpu>80'), found('cpu>=85%'), found('cpu<50')], [['Café'], ['Café'], ['lab-2']]);
  assert.deepEqual([found('memory>=90'), found('disk>98.5'), found('temperature>70')], [['lab-2'], ['Café'], ['Café']]);
  assert.deepEqual([found('load>2'), found('load>2,6'), found('number=7')], [['lab-2'], [], ['Café']]);
});

test('a minus turns a term round, and what is not known is on neither side', () => {
  assert.deepEqual(found('-group:lab'), ['Café']);
  assert.deepEqual(found('lab -offline'), ['lab-2']);
  assert.deepEqual(found('-load>2'), []);
  assert.deepEqual(found('-"ground floor" online'), ['lab-2']);
});

test('what is not complete yet leaves the list as it is, and what is no key is text', () => {
  for (const query of ['cpu>', 'group:', 'number:x', 'is:fav', '"', '-group:']) {
    assert.equal(found(query).length, 3, query);
  }
  assert.deepEqual([found('http://x'), found('-')], [[], ['lab-1', 'lab-2']]);
});

test('only what changes by itself asks for figures', () => {
  assert.deepEqual([asksForFigures('lab cpu>1'), asksForFigures('number:7 lab')], [true, false]);
});
