import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedDevices } from './askedDevices.ts';

const [A, B] = ['a'.repeat(26), 'b'.repeat(26)];

test('devices come from the address, or from what the page remembers', () => {
  assert.deepEqual(askedDevices(`?devices=${A},${B}`, null), [A, B]);
  assert.deepEqual(askedDevices('', { devices: [A, B] }), [A, B]);
});

test('what is no id is left out, and nothing chooses nothing', () => {
  assert.deepEqual(askedDevices(`devices=${A},../x,`, undefined), [A]);
  assert.deepEqual(askedDevices('', { devices: [1, A, null] }), [A]);
  for (const state of [undefined, null, 7, {}, { devices: 'x' }]) assert.deepEqual(askedDevices('', state), []);
});
