import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, fileHub, OTHER } from '../../../testing/fileHub.ts';

const PATHS = Array.from({ length: 2_000 }, (_, at) => `/srv/photos/picture number ${at}.jpg`);

test('more paths than an address holds are prepared, and come as one zip of all of them', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    await channel.bytes(Buffer.from('a zip'));
    await channel.done({});
  };
  const prepared = await ask(hub, 'POST', '/archives', { body: { paths: PATHS } });
  assert.equal(prepared.status, 201);
  assert.equal(hub.device.channels.length, 0, 'the device hears of it when it is downloaded');
  const path = `/archives/${prepared.json?.id}`;
  for (let times = 0; times < 2; times += 1) {
    const { status, headers, body } = await ask(hub, 'GET', path);
    assert.deepEqual([status, body.toString()], [200, 'a zip']);
    assert.match(String(headers['content-disposition']), /^attachment; filename="photos\.zip"/);
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; sandbox/);
    assert.deepEqual(hub.device.channels[times]?.ask, { paths: PATHS });
  }
  const rows = hub.audit.read().filter(({ action }) => action === 'files.archive');
  assert.deepEqual(
    rows.map(({ detail }) => JSON.parse(detail ?? '').count),
    [2_000, 2_000],
  );
});

test('what was prepared is for the same device, and for whoever may still read its files', async (t) => {
  const hub = await fileHub(t);
  const { json } = await ask(hub, 'POST', '/archives', { body: { paths: ['/a', '/b'] } });
  const other = `/api/devices/${OTHER}/files/archives/${json?.id}`;
  assert.equal((await ask(hub, 'GET', other)).json?.code, 'archive.unknown');
  assert.equal((await ask(hub, 'GET', '/archives/x')).json?.code, 'archive.unknown');
  assert.equal((await ask(hub, 'GET', `/archives/${json?.id}`, { role: 'viewer' })).json?.code, 'not-found');
  assert.equal((await ask(hub, 'POST', '/archives', { body: { paths: [] } })).json?.code, 'request.invalid');
  assert.equal((await ask(hub, 'POST', '/archives', { role: 'viewer', body: { paths: ['/a'] } })).status, 404);
  assert.deepEqual(hub.device.channels, []);
});
