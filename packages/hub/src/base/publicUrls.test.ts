import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { Failure } from './failure.ts';
import { machineNames, PublicUrls, parsePublicUrl } from './publicUrls.ts';

test('by default the hub answers to the names of this machine on its port, and localhost is the one to tell', () => {
  const urls = new PublicUrls({ given: [], host: '0.0.0.0', port: 7443 });
  assert.equal(urls.primary, 'https://localhost:7443');
  const names = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    hostname().toLowerCase(),
    `${hostname().toLowerCase().split('.')[0]}.local`,
  ];
  for (const name of names) {
    assert.equal(urls.hasHost(`${name}:7443`), true, name);
    assert.equal(urls.hasOrigin(`https://${name}:7443`), true, name);
  }
});

test('other hosts, ports, schemes and look-alikes are not the hub', () => {
  const urls = new PublicUrls({ given: [], host: '0.0.0.0', port: 7443 });
  for (const host of [
    undefined,
    '',
    'localhost',
    'localhost:7444',
    'evil.localhost:7443',
    'localhost:7443.evil',
    'localhost.:7443',
  ])
    assert.equal(urls.hasHost(host), false, host);
  for (const origin of [
    undefined,
    'null',
    'http://localhost:7443',
    'https://localhost',
    'https://localhost:7443.evil',
    'https://evil-localhost:7443',
    'https://localhost:7443/',
    'https://LOCALHOST:7443',
  ])
    assert.equal(urls.hasOrigin(origin), false, origin);
});

test('given URLs replace the default ones, and the standard port may be spelled out', () => {
  const urls = new PublicUrls({ given: [parsePublicUrl('https://Hub.Example/')], host: '0.0.0.0', port: 443 });
  assert.equal(urls.primary, 'https://hub.example');
  assert.equal(urls.hasHost('hub.example'), true);
  assert.equal(urls.hasHost('HUB.example:443'), true);
  assert.equal(urls.hasHost('localhost:443'), false);
  assert.equal(urls.hasOrigin('https://hub.example'), true);
  assert.ok(urls.names.includes('hub.example') && urls.names.includes('localhost'));
});

test('a hub on one address alone tells that address', () => {
  const urls = new PublicUrls({ given: [], host: '192.0.2.7', port: 1 });
  assert.equal(urls.primary, 'https://192.0.2.7:1');
  urls.usePort(2);
  assert.equal(urls.hasHost('192.0.2.7:2'), true);
  assert.equal(urls.hasHost('192.0.2.7:1'), false);
});

test('only https://HOST[:PORT] is a public URL', () => {
  for (const text of ['http://hub', 'hub:7443', 'https://hub/path', 'https://u:p@hub', 'https://hub?x', ''])
    assert.throws(() => parsePublicUrl(text), Failure, text);
});

test('addresses that are valid on one cable only are left out', () => {
  for (const name of machineNames()) assert.doesNotMatch(name, /^(fe80|169\.254)/);
});

test('a new device is told a URL that works from where it stands', () => {
  const everywhere = new PublicUrls({ given: [], host: '0.0.0.0', port: 7443 });
  const address = everywhere.forDevices('localhost:7443');
  assert.match(address, /^https:\/\/(?!127\.)\d+\.\d+\.\d+\.\d+:7443$/);
  assert.equal(everywhere.forDevices(new URL(address).host), address);
  assert.equal(everywhere.forDevices('evil.example:7443'), address);
  const given = new PublicUrls({
    given: ['https://localhost:7443', 'https://hub.lan:7443'],
    host: '0.0.0.0',
    port: 7443,
  });
  assert.equal(given.forDevices('localhost:7443'), 'https://hub.lan:7443');
  const here = new PublicUrls({ given: [], host: '127.0.0.1', port: 7443 });
  assert.equal(here.forDevices('127.0.0.1:7443'), 'https://localhost:7443');
});
