import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ScreenSettings } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { deviceOf, House, type UserName } from './house.ts';
import type { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { agent, id } = await house.device('desk');
const SETTINGS: ScreenSettings = { picture: 'light', maxFps: 5, maxKBps: 100, shrink: 2 };

async function subscriber(name: UserName): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  await portal.told('devices');
  return portal;
}

async function set(portal: WirePortal, body: ScreenSettings): Promise<void> {
  const reply = await portal.api.request('PUT', `/api/devices/${id}/settings/screen`, { body });
  assert.equal(reply.status, 204);
}

test('new defaults of a device reach every portal, and the last of two at once is what all have', async () => {
  const portals = [await subscriber('ann'), await subscriber('oli'), await subscriber('vic')];
  const [ann] = portals;
  assert.ok(ann);
  await set(ann, SETTINGS);
  for (const portal of portals) {
    const { device } = await portal.told('device', (news) => news.device.screenSettings.maxFps === 5);
    assert.deepEqual(device.screenSettings, SETTINGS);
  }
  await Promise.all([set(ann, { ...SETTINGS, maxFps: 20 }), set(await subscriber('ann'), { ...SETTINGS, maxFps: 30 })]);
  const last = (await deviceOf(ann.api, 'desk'))?.screenSettings;
  for (const portal of portals) {
    const latest = () => portal.all('device').at(-1)?.device.screenSettings.maxFps;
    await eventually('everybody has the last', () => latest() === last?.maxFps);
  }
});

test('defaults that were acknowledged survive kill -9 of the hub, and the agent being away', async () => {
  const portal = await subscriber('ann');
  agent.kill('SIGKILL');
  await set(portal, { ...SETTINGS, maxFps: 7 });
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  const api = await house.signIn('vic');
  assert.deepEqual((await deviceOf(api, 'desk'))?.screenSettings, { ...SETTINGS, maxFps: 7 });
});
