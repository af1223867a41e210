import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnAddress, ownAddressOf } from './ownNetwork.ts';

test('addresses of the own network are told from all others', () => {
  for (const own of ['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.7', '169.254.3.4'])
    assert.ok(isOwnAddress(own), own);
  for (const own of ['::1', 'fd00::1', 'fc12:3456::7', 'fe80::1', '::ffff:192.168.1.7', '::ffff:7f00:1'])
    assert.ok(isOwnAddress(own), own);
  const outside = ['8.8.8.8', '172.32.0.1', '172.15.0.1', '192.169.0.1', '100.64.0.1', '0.0.0.0', '255.255.255.255'];
  for (const other of [...outside, '2001:db8::1', '::', '::ffff:8.8.8.8', 'ff02::1', '64:ff9b::a00:1', 'localhost', ''])
    assert.ok(!isOwnAddress(other), other);
});

test('of the addresses of a name one of the own network is taken, and a name that has none is refused', async () => {
  const names: Record<string, string[]> = {
    'hook.lan': ['192.168.1.9'],
    'both.example': ['203.0.113.5', '10.0.0.5'],
    'public.example': ['203.0.113.5', '2001:db8::5'],
  };
  const resolve = async (name: string) => names[name] ?? Promise.reject(new Error('unknown'));
  const address = (url: string) => ownAddressOf(new URL(url), resolve);
  assert.equal(await address('http://hook.lan/x'), '192.168.1.9');
  assert.equal(await address('http://both.example/'), '10.0.0.5');
  assert.equal(await address('http://[fd00::7]:8080/'), 'fd00::7');
  for (const url of ['http://public.example/', 'https://203.0.113.5/', 'http://[2001:db8::1]/', 'http://0/'])
    await assert.rejects(address(url), { code: 'webhook.outside' });
  // All of these are ways to write 127.0.0.1; they count as what they are.
  for (const url of ['http://0x7f.1/', 'http://2130706433/', 'http://127.1/'])
    assert.equal(await address(url), '127.0.0.1');
  await assert.rejects(address('http://nowhere.lan/'), /unknown/);
});
