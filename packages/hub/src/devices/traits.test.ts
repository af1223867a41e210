import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceFacts } from '@porthole/protocol';
import { traitsOf } from './traits.ts';
import { wakeMacs } from './wakeMacs.ts';

const NOTHING: DeviceFacts = {
  users: [],
  gpus: [],
  drives: [],
  interfaces: [],
  displays: [],
  battery: false,
  power: [],
};

function modelOf(maker?: string, model?: string): string | undefined {
  return traitsOf({ ...NOTHING, ...(maker !== undefined && { maker }), ...(model !== undefined && { model }) }).model;
}

function on(name: string, ...addresses: string[]): DeviceFacts['interfaces'][number] {
  return { name, mac: '3c:6a:d2:00:00:01', addresses };
}

function addressOf(...interfaces: DeviceFacts['interfaces']): string | undefined {
  return traitsOf({ ...NOTHING, interfaces }).address;
}

test('maker and model are one name that says the maker once', () => {
  assert.equal(modelOf('LENOVO', 'ThinkPad X1'), 'LENOVO ThinkPad X1');
  assert.equal(modelOf('LENOVO', 'Lenovo ThinkPad X1'), 'Lenovo ThinkPad X1');
  assert.equal(modelOf('Dell Inc.', 'Dell XPS 13'), 'Dell XPS 13');
  assert.equal(modelOf('Raspberry Pi', undefined), 'Raspberry Pi');
  assert.equal(modelOf(undefined, 'Raspberry Pi 5 Model B'), 'Raspberry Pi 5 Model B');
});

test('what boards say whose maker said nothing is left out', () => {
  assert.equal(modelOf('To Be Filled By O.E.M.', 'To Be Filled By O.E.M.'), undefined);
  assert.equal(modelOf('System manufacturer', 'P8Z77'), 'P8Z77');
  assert.equal(modelOf('', '  '), undefined);
});

test('the address is the one that a person would type', () => {
  assert.equal(
    addressOf(on('lo', '127.0.0.1/8', '::1/128'), on('eth0', 'fe80::1/64', '192.168.1.7/24')),
    '192.168.1.7',
  );
  assert.equal(addressOf(on('docker0', '172.17.0.1/16'), on('wlan0', '10.0.0.9/8')), '10.0.0.9');
  assert.equal(addressOf(on('wg0', '10.8.0.2/24'), on('eth0', 'fe80::1/64', 'fd00::7/64')), 'fd00::7');
  assert.equal(addressOf(on('docker0', '172.17.0.1/16')), '172.17.0.1', 'better than none');
  assert.equal(addressOf(on('eth0', '169.254.3.4/16', 'fe80::1/64')), '169.254.3.4');
  assert.equal(addressOf(on('lo', '127.0.0.1/8', '::1/128')), undefined);
});

test('a machine is woken by the hardware addresses of its own interfaces, each once', () => {
  const interfaces = [
    on('eth0'),
    on('eth0.7'),
    { name: 'docker0', mac: '02:42:00:00:00:01', addresses: [] },
    { name: 'eth1', mac: '00:00:00:00:00:00', addresses: [] },
    { name: 'eth2', mac: 'ff:ff:ff:ff:ff:ff', addresses: [] },
    { name: 'ppp0', addresses: [] },
  ];
  assert.deepEqual(wakeMacs({ ...NOTHING, interfaces }), ['3c:6a:d2:00:00:01']);
  assert.equal(traitsOf({ ...NOTHING, interfaces }).wakeable, true);
  assert.equal(traitsOf(NOTHING).wakeable, false);
});

test('of a device that never told anything only the clock may be known', () => {
  assert.deepEqual(traitsOf(null), { wakeable: false });
  assert.deepEqual(traitsOf(null, -3), { clockAhead: -3, wakeable: false });
});
