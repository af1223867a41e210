import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_LOGO_BYTES, type Product } from '@porthole/protocol';
import { startTestHub, type TestHub } from '../testing/testHub.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4nGNgYGD4z4AEGHEKAABCGAH/w0S2tgAAAABJRU5ErkJggg==';

function ask(hub: TestHub, cookie: string, method: string, path: string, body?: unknown) {
  return hub.ask({ method, path: `/api/product${path}`, body, headers: { cookie } });
}

async function shown(hub: TestHub): Promise<Product> {
  return JSON.parse((await hub.ask({ path: '/api/product' })).text);
}

/** A PNG that says so and goes on with nothing. */
function emptyPng(size: number, width = 3): string {
  const bytes = Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.alloc(Math.max(0, size - 75))]).subarray(0, size);
  bytes.writeUInt32BE(width, 16);
  return bytes.toString('base64');
}

test('everybody sees the title that an admin gave, before signing in', async (t) => {
  const hub = await startTestHub(t);
  const [admin, operator] = [await hub.signIn(), await hub.signIn('olga', 'operator')];
  assert.deepEqual(await shown(hub), { title: null, logo: null });
  assert.equal((await ask(hub, admin, 'PUT', '', { title: ' House of Ann ' })).status, 204);
  assert.equal((await shown(hub)).title, 'House of Ann');
  assert.equal((await ask(hub, operator, 'PUT', '', { title: 'Mine' })).status, 404);
  for (const title of ['', ' ', 'a\u202eb', 'a\nb', 'x'.repeat(41), 7])
    assert.equal((await ask(hub, admin, 'PUT', '', { title })).status, 400);
  assert.equal((await shown(hub)).title, 'House of Ann');
  await ask(hub, admin, 'PUT', '', { title: null });
  assert.equal((await shown(hub)).title, null);
});

test('a logo has an address of its own that changes with it, and is nothing but a picture there', async (t) => {
  const hub = await startTestHub(t);
  const admin = await hub.signIn();
  assert.equal((await hub.ask({ path: '/api/product/logo' })).status, 404);
  assert.equal((await ask(hub, admin, 'PUT', '/logo', { image: PNG })).status, 204);
  const { logo } = await shown(hub);
  const { status, headers } = await hub.ask({ path: logo ?? '' });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'image/png');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /^sandbox/);
  assert.match(headers['cache-control'] ?? '', /immutable/);
  assert.equal((await ask(hub, admin, 'PUT', '/logo', { image: emptyPng(200) })).status, 204);
  assert.notEqual((await shown(hub)).logo, logo);
  assert.match((await hub.ask({ path: logo ?? '' })).headers['cache-control'] ?? '', /no-cache/);
  assert.equal((await ask(hub, admin, 'DELETE', '/logo')).status, 204);
  assert.equal((await shown(hub)).logo, null);
});

test('what is no small picture is refused, and the logo before stays', async (t) => {
  const hub = await startTestHub(t);
  const admin = await hub.signIn();
  await ask(hub, admin, 'PUT', '/logo', { image: PNG });
  const { logo } = await shown(hub);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64');
  for (const image of [svg, '', 'no base64!', emptyPng(MAX_LOGO_BYTES + 1), emptyPng(500, 100_000), emptyPng(500, 0)])
    assert.equal((await ask(hub, admin, 'PUT', '/logo', { image })).status, 400, image.slice(0, 40));
  assert.equal((await shown(hub)).logo, logo);
  assert.equal((await ask(hub, await hub.signIn('vic', 'viewer'), 'PUT', '/logo', { image: PNG })).status, 404);
});
