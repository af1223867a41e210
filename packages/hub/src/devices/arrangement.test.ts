import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChangeProfiles,
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_SENDING_SETTINGS,
  type Device,
  type DeviceProfile,
  device,
  EMPTY_PROFILE,
} from '@porthole/protocol';
import { enrolDevice } from '../testing/enrolDevice.ts';
import { type Cleanup, temporaryFolder } from '../testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from '../testing/testHub.ts';

const LAB: DeviceProfile = { number: 7, icon: 'server', colour: 'teal', group: 'Lab', tags: ['x'], notes: 'Ask Ann.' };
const SLOW = { ...DEFAULT_SENDING_SETTINGS, statsMs: 5_000, recordMs: 0, hours: { from: 1_320, to: 360 } };

/** A hub with some devices, all of them offline, and how to ask it as somebody. */
async function setUp(t: Cleanup, count = 1) {
  const dataDir = temporaryFolder(t);
  const ids = Array.from({ length: count }, (_, n) => enrolDevice(dataDir, `desk ${n}`));
  const hub = await startTestHub(t, { dataDir });
  const as = (cookie: string) => asker(hub, cookie);
  const [admin, viewer] = [as(await hub.signIn()), as(await hub.signIn('vic', 'viewer'))];
  return { hub, id: ids[0] ?? '', ids, as, admin, viewer };
}

function asker(hub: TestHub, cookie: string) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await hub.ask({ method, path, body, headers: { cookie } });
    return { status: answer.status, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
  };
  const show = async (id: string): Promise<Device> => device.parse((await ask('GET', `/api/devices/${id}`)).body);
  return { ask, show };
}

function logged(hub: TestHub, action: string) {
  return hub.hub.services.audit.read().filter((row) => row.action === action);
}

test('a profile is seen by everybody, its notes by those who may do something there', async (t) => {
  const { hub, id, as, admin, viewer } = await setUp(t);
  const operator = as(await hub.signIn('olga', 'operator'));
  assert.deepEqual((await admin.show(id)).profile, EMPTY_PROFILE);
  assert.equal((await admin.ask('PUT', `/api/devices/${id}/profile`, LAB)).status, 204);
  assert.deepEqual((await admin.show(id)).profile, LAB);
  assert.deepEqual((await operator.show(id)).profile, LAB);
  assert.deepEqual((await viewer.show(id)).profile, { ...LAB, notes: '' });
  assert.equal((await admin.ask('PUT', `/api/devices/${id}/profile`, LAB)).status, 204);
  assert.equal(logged(hub, 'device.profile').length, 1, 'the same again is no change');
});

test('a change of many profiles happens to all of them and is logged once, or to none', async (t) => {
  const { hub, ids, admin } = await setUp(t, 3);
  const change = (body: Partial<ChangeProfiles>) =>
    admin.ask('POST', '/api/devices/profiles', { profile: {}, ...body });
  assert.equal((await change({ ids, profile: { group: 'Lab' }, addTags: ['x', 'y'] })).status, 204);
  for (const id of ids) {
    assert.deepEqual((await admin.show(id)).profile, { ...EMPTY_PROFILE, group: 'Lab', tags: ['x', 'y'] });
  }
  const [row, ...more] = logged(hub, 'device.profile');
  assert.deepEqual([row?.target, row?.detail, more.length], [ids.join(' '), '"group, +x, +y"', 0]);
  const unknown = await change({ ids: [...ids, 'a'.repeat(26)], profile: { group: 'Hall' } });
  assert.equal(unknown.status, 404);
  const addTags = Array.from({ length: 15 }, (_, n) => `t${n}`);
  assert.equal((await change({ ids, addTags })).status, 400);
  for (const id of ids) assert.equal((await admin.show(id)).profile.group, 'Lab');
  assert.equal(logged(hub, 'device.profile').length, 1);
});

test('text that lies about itself is refused in names, groups and tags', async (t) => {
  const { id, admin } = await setUp(t);
  for (const text of ['', '   ', 'a\nb', 'a\u202eb', '\u200b', 'x'.repeat(65)]) {
    assert.equal((await admin.ask('PUT', `/api/devices/${id}/profile`, { ...LAB, group: text })).status, 400);
    assert.equal((await admin.ask('PUT', `/api/devices/${id}/profile`, { ...LAB, tags: [text] })).status, 400);
    assert.equal((await admin.ask('PATCH', `/api/devices/${id}`, { name: text })).status, 400);
  }
  assert.deepEqual((await admin.show(id)).profile, EMPTY_PROFILE);
});

test('what a device sends is its own or that of all, and a change of either is in force at once', async (t) => {
  const { ids, admin, viewer } = await setUp(t, 2);
  const [one = '', other = ''] = ids;
  assert.deepEqual((await viewer.show(one)).sending, { settings: DEFAULT_SENDING_SETTINGS, own: false });
  await admin.ask('PUT', `/api/devices/${one}/settings/sending`, SLOW);
  assert.deepEqual((await viewer.show(one)).sending, { settings: SLOW, own: true });
  const all = { ...DEFAULT_SENDING_SETTINGS, thumbnailMs: 9_000 };
  assert.equal((await admin.ask('PUT', '/api/settings/sending', all)).status, 204);
  assert.deepEqual((await viewer.ask('GET', '/api/settings/sending')).body, all);
  assert.deepEqual((await viewer.show(one)).sending, { settings: SLOW, own: true });
  assert.deepEqual((await viewer.show(other)).sending, { settings: all, own: false });
  assert.equal((await admin.ask('DELETE', `/api/devices/${one}/settings/sending`)).status, 204);
  assert.deepEqual((await viewer.show(one)).sending, { settings: all, own: false });
});

test('viewers have the picture that was set for all, where a device has none of its own', async (t) => {
  const { ids, admin } = await setUp(t, 2);
  const [one = '', other = ''] = ids;
  const own = { ...DEFAULT_SCREEN_SETTINGS, maxFps: 5 };
  const all = { ...DEFAULT_SCREEN_SETTINGS, maxKBps: 250 };
  await admin.ask('PUT', `/api/devices/${one}/settings/screen`, own);
  await admin.ask('PUT', '/api/settings/screen', all);
  assert.deepEqual((await admin.show(one)).screenSettings, own);
  assert.deepEqual((await admin.show(other)).screenSettings, all);
  await admin.ask('DELETE', `/api/devices/${one}/settings/screen`);
  assert.deepEqual((await admin.show(one)).screenSettings, all);
});

test('a layout is shared with all who look, in a route of its own', async (t) => {
  const { id, admin, viewer } = await setUp(t);
  assert.deepEqual((await viewer.ask('GET', `/api/devices/${id}/layout`)).body, { layout: null });
  const layout = '\u0001'.repeat(65_536);
  assert.equal((await admin.ask('PUT', `/api/devices/${id}/settings/layout`, { layout })).status, 204);
  assert.deepEqual((await viewer.ask('GET', `/api/devices/${id}/layout`)).body, { layout });
  const longer = await admin.ask('PUT', `/api/devices/${id}/settings/layout`, { layout: 'x'.repeat(65_537) });
  assert.equal(longer.status, 400);
  assert.equal((await admin.ask('PUT', `/api/devices/${id}/settings/layout`, { layout: null })).status, 204);
  assert.deepEqual((await viewer.ask('GET', `/api/devices/${id}/layout`)).body, { layout: null });
});

test('who may only look finds no way to arrange, and nobody learns what is not there', async (t) => {
  const { id, admin, viewer } = await setUp(t);
  const asks = [
    ['PATCH', `/api/devices/${id}`, { name: 'x' }],
    ['PUT', `/api/devices/${id}/profile`, LAB],
    ['POST', '/api/devices/profiles', { ids: [id], profile: { group: 'x' } }],
    ['PUT', `/api/devices/${id}/settings/sending`, SLOW],
    ['DELETE', `/api/devices/${id}/settings/sending`, undefined],
    ['PUT', '/api/settings/sending', SLOW],
    ['PUT', '/api/settings/screen', DEFAULT_SCREEN_SETTINGS],
    ['PUT', `/api/devices/${id}/settings/layout`, { layout: 'x' }],
  ] as const;
  const nowhere = (await viewer.ask('GET', `/api/devices/${'a'.repeat(26)}`)).body;
  for (const [method, path, body] of asks) {
    const refused = await viewer.ask(method, path, body);
    assert.deepEqual([refused.status, refused.body], [404, nowhere], `${method} ${path}`);
  }
  const gone = 'a'.repeat(26);
  for (const [method, path, body] of asks.filter(([, path]) => path.includes(id))) {
    assert.equal((await admin.ask(method, path.replace(id, gone), body)).status, 404, `${method} ${path}`);
  }
  for (const what of ['facts', 'traffic', 'layout']) {
    assert.equal((await viewer.ask('GET', `/api/devices/${gone}/${what}`)).status, 404);
  }
});

test('two admins at once: the last word of each counts, whole, and the log has both', async (t) => {
  const { hub, id, admin, as } = await setUp(t);
  const other = as(await hub.signIn('eve', 'admin'));
  const colours = ['red', 'teal', 'blue', 'pink'] as const;
  await Promise.all(
    colours.flatMap((colour, number) => [
      admin.ask('PUT', `/api/devices/${id}/profile`, { ...LAB, colour, number }),
      other.ask('POST', '/api/devices/profiles', { ids: [id], profile: { group: `g${number}` }, addTags: [colour] }),
    ]),
  );
  const { profile } = await admin.show(id);
  assert.equal(colours.indexOf(profile.colour as (typeof colours)[number]), profile.number);
  assert.equal(new Set(logged(hub, 'device.profile').map(({ actor }) => actor)).size, 2);
});

test('everything is as it was arranged after a restart, and gone with the device', async (t) => {
  const dataDir = temporaryFolder(t);
  const id = enrolDevice(dataDir);
  const portal = await startTestHub(t);
  const listen = { host: '127.0.0.1', port: 0 };
  const options = { dataDir, listen, portalDir: `${portal.dataDir}/../portal` };
  const run = async <Result>(work: (as: ReturnType<typeof asker>, hub: TestHub) => Promise<Result>) => {
    const hub = await startTestHub({ after: () => undefined }, options);
    const result = await work(asker(hub, await hub.signIn()), hub);
    await hub.hub.close();
    return result;
  };
  const before = await run(async (as) => {
    await as.ask('PATCH', `/api/devices/${id}`, { name: 'kitchen' });
    await as.ask('PUT', `/api/devices/${id}/profile`, LAB);
    await as.ask('PUT', `/api/devices/${id}/settings/sending`, SLOW);
    await as.ask('PUT', '/api/settings/screen', { ...DEFAULT_SCREEN_SETTINGS, maxFps: 5 });
    await as.ask('PUT', `/api/devices/${id}/settings/layout`, { layout: 'L' });
    return as.show(id);
  });
  assert.equal(before.screenSettings.maxFps, 5);
  await run(async (as, hub) => {
    const { since: _, ...after } = await as.show(id);
    const { since: __, ...expected } = before;
    assert.deepEqual(after, expected);
    assert.deepEqual((await as.ask('GET', `/api/devices/${id}/layout`)).body, { layout: 'L' });
    await as.ask('DELETE', `/api/devices/${id}`);
    const { db } = hub.hub.services;
    for (const table of ['deviceProfiles', 'deviceLayouts'] as const) {
      assert.deepEqual(db.all(db.sql.selectFrom(table).selectAll()), []);
    }
  });
});
