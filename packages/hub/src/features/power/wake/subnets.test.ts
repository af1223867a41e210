import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceFacts } from '@porthole/protocol';
import { sharesSubnet } from './subnets.ts';

function at(...addresses: string[]): DeviceFacts {
  const interfaces = [{ name: 'eth0', addresses }];
  return { users: [], gpus: [], drives: [], interfaces, displays: [], battery: false, power: [] };
}

test('devices share a network when the address of one is in that of the other', () => {
  assert.equal(sharesSubnet(at('192.168.1.5/24'), at('192.168.1.200/24')), true);
  assert.equal(sharesSubnet(at('192.168.1.5/24'), at('192.168.2.5/24')), false);
  assert.equal(sharesSubnet(at('2001:db8:1::5/64'), at('2001:db8:1::77/64')), true);
  assert.equal(sharesSubnet(at('2001:db8:1::5/64'), at('2001:db8:2::77/64')), false);
});

test('addresses that every machine has say nothing, nor does what is no address', () => {
  for (const text of [
    'fe80::1/64',
    '127.0.0.1/8',
    '169.254.1.1/16',
    '::1/128',
    '',
    '/24',
    '1.2.3.4',
    '1.2.3.4/0',
    '1.2.3.4/33',
    'x/y',
  ])
    assert.equal(sharesSubnet(at(text), at(text)), false, text);
  assert.equal(sharesSubnet(null, at('10.0.0.1/8')), false);
});
