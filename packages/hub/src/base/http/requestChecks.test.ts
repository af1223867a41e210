import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from '../../testing/testServer.ts';
import { PublicUrls } from '../publicUrls.ts';
import { refusalOf } from './requestChecks.ts';
import { route } from './route.ts';

const URLS = new PublicUrls({ given: ['https://hub.test', 'https://10.0.0.1:7443'], host: '0.0.0.0', port: 1 });
const HOST = { host: 'hub.test' };

test('a host that is none of the hub is refused for every method', () => {
  for (const method of ['GET', 'POST', 'OPTIONS'])
    for (const host of [undefined, 'evil.test', 'hub.test.evil.test', '10.0.0.1'])
      assert.equal(refusalOf(method, host === undefined ? {} : { host }, URLS), 'request.host');
});

test('a change from another origin is refused, and a script without an origin is let through', () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    assert.equal(refusalOf(method, HOST, URLS), undefined);
    assert.equal(
      refusalOf(method, { ...HOST, origin: 'https://hub.test', 'sec-fetch-site': 'same-origin' }, URLS),
      undefined,
    );
    for (const origin of [
      'null',
      'https://evil.test',
      'http://hub.test',
      'https://hub.test:8443',
      'https://hub.test.evil',
    ])
      assert.equal(refusalOf(method, { ...HOST, origin }, URLS), 'request.origin', origin);
    for (const site of ['cross-site', 'same-site', 'none'])
      assert.equal(refusalOf(method, { ...HOST, 'sec-fetch-site': site }, URLS), 'request.origin', site);
  }
});

test('reading may come from a link on another site', () => {
  assert.equal(refusalOf('GET', { ...HOST, 'sec-fetch-site': 'cross-site' }, URLS), undefined);
});

test('refusals come with a code of the catalogue, on known and unknown paths', async (t) => {
  const { app } = await testServer(t);
  route(app, { method: 'POST', url: '/x', right: 'public', summary: '', handler: () => ({}) });
  for (const url of ['/x', '/unknown']) {
    const host = await app.inject({ method: 'POST', url, headers: { host: 'evil.test' } });
    assert.deepEqual([host.statusCode, host.json().code], [421, 'request.host']);
    const origin = await app.inject({ method: 'POST', url, headers: { ...HOST, origin: 'https://evil.test' } });
    assert.deepEqual([origin.statusCode, origin.json().code], [403, 'request.origin']);
  }
});
