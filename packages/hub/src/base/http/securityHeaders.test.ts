import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from '../../testing/testServer.ts';
import { contentSecurityPolicy, workerPolicy } from './securityHeaders.ts';

test('every answer carries the headers: found, absent, refused and malformed', async (t) => {
  const { app } = await testServer(t);
  for (const [url, host] of [
    ['/api/openapi.json', 'hub.test'],
    ['/nowhere', 'hub.test'],
    ['/', 'evil.test'],
    ['/%ff', 'hub.test'],
  ] as const) {
    const { headers } = await app.inject({ url, headers: { host } });
    assert.match(String(headers['content-security-policy']), /^default-src 'none';/, url);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['cache-control'], 'no-store');
  }
});

test('the policy lets the page talk to its own host and runs nothing inline', () => {
  const policy = contentSecurityPolicy('abc', 'hub.test:7443');
  assert.match(policy, /connect-src 'self' wss:\/\/hub\.test:7443;/);
  assert.match(policy, /style-src 'self' 'nonce-abc';/);
  assert.match(policy, /script-src 'self';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
});

test('a worker may compile WebAssembly, and nothing else that the page may not', () => {
  const policy = workerPolicy('hub.test:7443');
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(policy, /connect-src 'self' wss:\/\/hub\.test:7443$/);
  assert.doesNotMatch(policy, /'unsafe/);
});

test('a host that is not ours does not get into the policy', async (t) => {
  const { app } = await testServer(t);
  const { headers } = await app.inject({ url: '/', headers: { host: 'evil.test' } });
  assert.doesNotMatch(String(headers['content-security-policy']), /evil/);
});

test('browsers are told to insist on TLS only when the owner gave a certificate', async (t) => {
  const insists = async (own: boolean) => {
    const { app } = await testServer(t, own);
    const { headers } = await app.inject({ url: '/', headers: { host: 'hub.test' } });
    return headers['strict-transport-security'];
  };
  assert.equal(await insists(false), undefined);
  assert.equal(await insists(true), 'max-age=31536000');
});
