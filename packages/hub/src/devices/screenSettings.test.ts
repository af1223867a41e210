import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SCREEN_SETTINGS, device } from '@porthole/protocol';
import { enrolDevice } from '../testing/enrolDevice.ts';
import { type Cleanup, temporaryFolder } from '../testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from '../testing/testHub.ts';

const SETTINGS = { picture: 'smooth', maxFps: 5, maxKBps: 250, shrink: 2 };

/** A hub with one device, which is offline. */
async function setUp(t: Cleanup): Promise<{ hub: TestHub; id: string }> {
  const dataDir = temporaryFolder(t);
  const id = enrolDevice(dataDir);
  return { hub: await startTestHub(t, { dataDir }), id };
}

function put(hub: TestHub, id: string, { cookie, body = SETTINGS }: { cookie?: string; body?: unknown }) {
  const path = `/api/devices/${id}/settings/screen`;
  return hub.ask({ method: 'PUT', path, body, ...(cookie && { headers: { cookie } }) });
}

async function shown(hub: TestHub, id: string, cookie: string) {
  const { text } = await hub.ask({ path: `/api/devices/${id}`, headers: { cookie } });
  return device.parse(JSON.parse(text)).screenSettings;
}

function logged(hub: TestHub) {
  return hub.hub.services.audit.read().filter(({ action }) => action === 'device.screen-settings');
}

test('an administrator sets what viewers have by default, everybody sees it, and the log says who it was', async (t) => {
  const { hub, id } = await setUp(t);
  const [admin, viewer] = [await hub.signIn(), await hub.signIn('vic', 'viewer')];
  assert.deepEqual(await shown(hub, id, viewer), DEFAULT_SCREEN_SETTINGS);
  assert.equal((await put(hub, id, { cookie: admin })).status, 204);
  assert.deepEqual(await shown(hub, id, viewer), SETTINGS);
  const [row, ...others] = logged(hub);
  assert.deepEqual([row?.actor, row?.target, others], ['ada', id, []]);
  assert.deepEqual(JSON.parse(row?.detail ?? ''), SETTINGS);
});

test('nobody else sets it: to them it is not there', async (t) => {
  const { hub, id } = await setUp(t);
  const admin = await hub.signIn();
  const answers = [
    await put(hub, id, { cookie: await hub.signIn('oli', 'operator') }),
    await put(hub, id, { cookie: await hub.signIn('vic', 'viewer') }),
    await put(hub, id, {}),
    await put(hub, id, { cookie: `${admin}x` }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 404, 401, 401],
  );
  assert.deepEqual(await shown(hub, id, admin), DEFAULT_SCREEN_SETTINGS);
  assert.deepEqual(logged(hub), []);
});

test('a device that is not there has no defaults', async (t) => {
  const { hub } = await setUp(t);
  const cookie = await hub.signIn();
  for (const id of ['a'.repeat(26), 'x', '%00', '..', 'settings']) {
    assert.equal((await put(hub, id, { cookie })).status, 404, id);
  }
  assert.deepEqual(logged(hub), []);
});

test('what is no settings is refused, and nothing changes', async (t) => {
  const { hub, id } = await setUp(t);
  const cookie = await hub.signIn();
  const { shrink: _, ...incomplete } = SETTINGS;
  const bad = [
    ...[0, 121, -1, 2.5, '5', null, 1e99].map((maxFps) => ({ ...SETTINGS, maxFps })),
    ...[-1, 1_000_001, 0.5, true].map((maxKBps) => ({ ...SETTINGS, maxKBps })),
    ...[0, 5, 1.5, '2'].map((shrink) => ({ ...SETTINGS, shrink })),
    ...['best', '', ['auto'], {}].map((picture) => ({ ...SETTINGS, picture })),
    { ...SETTINGS, codecs: [] },
    incomplete,
    {},
    [],
    'light',
    [SETTINGS],
  ];
  for (const body of bad) {
    const { status, text } = await put(hub, id, { cookie, body });
    assert.deepEqual([status, JSON.parse(text).code], [400, 'request.invalid'], JSON.stringify(body));
  }
  assert.deepEqual(await shown(hub, id, cookie), DEFAULT_SCREEN_SETTINGS);
  assert.deepEqual(logged(hub), []);
});
