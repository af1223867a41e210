import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceSummary } from './devicesStore.ts';
import { searchDevices } from './searchDevices.ts';

const device = (name: string, online: boolean, system = 'Debian'): DeviceSummary => ({
  id: name,
  name,
  online,
  system,
  hostname: `${name}.lan`,
});
const devices = [device('Café', true), device('lab-1', false, 'Fedora'), device('lab-2', true, 'Fedora')];
const found = (query: string) => searchDevices(devices, query).map(({ name }) => name);

test('an empty search is the very list', () => {
  assert.equal(searchDevices(devices, '  '), devices);
});

test('words match name, host name and system without case and accents', () => {
  assert.deepEqual(found('CAFE'), ['Café']);
  assert.deepEqual(found('fedora'), ['lab-1', 'lab-2']);
  assert.deepEqual(found('lab-2.lan'), ['lab-2']);
});

test('all words must match, and a state is a word', () => {
  assert.deepEqual(found('lab offline'), ['lab-1']);
  assert.deepEqual(found('online fedora'), ['lab-2']);
  assert.deepEqual(found('lab debian'), []);
});
