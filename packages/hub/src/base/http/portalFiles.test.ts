import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cleanup, temporaryFolder } from '../../testing/temporaryFolder.ts';
import { testServer } from '../../testing/testServer.ts';
import { Failure } from '../failure.ts';
import { portalPath, servePortal } from './portalFiles.ts';

async function setUp(t: Cleanup) {
  const folder = temporaryFolder(t);
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(dist, 'index.html'), '<style nonce="__CSP_NONCE__"></style>');
  writeFileSync(join(dist, 'icon.svg'), '<svg/>');
  writeFileSync(join(dist, '.hidden.js'), 'hidden');
  writeFileSync(join(dist, 'assets', 'main-abc.js'), 'export {};');
  const { app, urls } = await testServer(t);
  await servePortal(app, dist, urls);
  return { ask: (url: string) => app.inject({ url, headers: { host: 'hub.test' } }) };
}

test('pages are the one page, never cached, each with a nonce of its own that the policy names', async (t) => {
  const { ask } = await setUp(t);
  const nonces = new Set();
  for (const path of ['/', '/setup', '/devices/abc', '/index.html', '/devices/abc?x=1']) {
    const { headers, body, statusCode } = await ask(path);
    const nonce = /nonce="([\w-]{24})"/.exec(body)?.[1];
    assert.equal(statusCode, 200);
    assert.match(String(headers['content-type']), /^text\/html/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.ok(nonce && String(headers['content-security-policy']).includes(`'nonce-${nonce}'`));
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 5);
});

test('a folder of a device is a page, whatever its path holds', async (t) => {
  const { ask } = await setUp(t);
  for (const path of ['/srv/ann/.config', '/srv/notes.txt', '/C:/a%5Cb', '/a%0Ab']) {
    const { statusCode, headers } = await ask(`/devices/abc/files${path}`);
    assert.equal(statusCode, 200, path);
    assert.match(String(headers['content-type']), /^text\/html/);
  }
});

test('assets are kept for ever by browsers, other files are asked for again', async (t) => {
  const { ask } = await setUp(t);
  const asset = await ask('/assets/main-abc.js');
  assert.match(String(asset.headers['cache-control']), /immutable/);
  assert.match(String(asset.headers['content-type']), /javascript/);
  assert.equal(asset.body, 'export {};');
  const icon = await ask('/icon.svg');
  assert.equal(icon.headers['cache-control'], 'no-cache');
  assert.ok(icon.headers.etag);
});

test('nothing outside the portal can be had, and unknown API paths are no pages', async (t) => {
  const { ask } = await setUp(t);
  for (const path of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/.hidden.js',
    '/missing.js',
    '/assets/missing-1.js',
    '/icon.svg%00.js',
    '/%ff.js',
    '/api',
    '/api/nothing',
    '/API/nothing',
    '/%61pi/nothing',
    '/ws/agent',
  ]) {
    const { statusCode, body } = await ask(path);
    assert.equal(statusCode, 404, path);
    assert.doesNotMatch(body, /^secret|^hidden/);
    assert.equal(JSON.parse(body).code, 'not-found');
  }
});

test('what a path asks for is decided by its form alone', () => {
  assert.deepEqual(portalPath('/devices/x'), { kind: 'page' });
  assert.deepEqual(portalPath('/assets/a.js'), { kind: 'file', path: 'assets/a.js', immutable: true, worker: false });
  assert.deepEqual(portalPath('/workers/a.js'), { kind: 'file', path: 'workers/a.js', immutable: true, worker: true });
  assert.deepEqual(portalPath('/icon.svg'), { kind: 'file', path: 'icon.svg', immutable: false, worker: false });
  assert.deepEqual(portalPath('/api/x'), { kind: 'none' });
  assert.deepEqual(portalPath('/apiary'), { kind: 'page' });
  for (const path of ['/..', '/assets/../x', '/a\\b.js', '/a\0.js', '/.git/config'])
    assert.deepEqual(portalPath(path), { kind: 'none' }, path);
});

test('a portal that was not built stops the hub with a sentence', async (t) => {
  const { app, urls } = await testServer(t);
  await assert.rejects(servePortal(app, temporaryFolder(t), urls), Failure);
});
