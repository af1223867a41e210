import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Device } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { Fleet } from '../support/fleet/fleet.ts';
import { createToken } from '../support/hub.ts';
import { House } from './house.ts';

/** Enough that nothing may be done for each of them; the bench does the same with a thousand. */
const COUNT = 200;

const house = await House.start();
after(() => house.close());

test('hundreds of devices appear, their samples come, and whoever watches a screen meanwhile goes on watching', async () => {
  const { id } = await house.device('desk');
  const bystander = await house.portal('vic');
  const watched = await bystander.openScreen(id);
  const portal = await house.portal();
  portal.send({ type: 'subscribe' });
  const token = await createToken(house.hub, ['--uses', String(COUNT)]);
  const { pictures } = watched.screen;
  const fleet = house.keep(await Fleet.connect(house.hub.url, token, COUNT));
  assert.equal(fleet.online, COUNT);
  assert.ok(watched.screen.pictures > pictures, 'pictures went on while they came');
  const online = new Set<string>();
  const sampled = new Set<string>();
  let seen = 0;
  await eventually('every device is told, and a sample of each', () => {
    for (const message of portal.news.slice(seen)) {
      if (message.type === 'device' && message.device.name.startsWith('sim-')) online.add(message.device.id);
      if (message.type === 'device.stats') sampled.add(message.id);
    }
    seen = portal.news.length;
    return online.size === COUNT && [...online].every((each) => sampled.has(each));
  });
  const later = watched.screen.pictures;
  await eventually('pictures still come', () => watched.screen.pictures > later + 3);
  assert.deepEqual([watched.closedBy, bystander.socket.readyState], [undefined, 1]);

  const list = await portal.api.get<Device[]>('/api/devices');
  const known = list.filter(({ online: isOnline, traits }) => isOnline && traits.model !== undefined);
  assert.ok(known.length >= COUNT, String(known.length));
  const fresh = await house.portal('oli');
  fresh.send({ type: 'subscribe' });
  await fresh.told('devices', ({ more }) => !more);
  const told = fresh.all('devices').flatMap(({ devices }) => devices);
  assert.equal(new Set(told.map((device) => device.id)).size, list.length);
  assert.ok(fresh.all('devices').every(({ devices }) => devices.length <= 16));
});

test('devices that go all at once are offline for everybody, and those that stay are not touched', async () => {
  const portal = await house.portal();
  portal.send({ type: 'subscribe' });
  const token = await createToken(house.hub, ['--uses', '40']);
  const fleet = await Fleet.connect(house.hub.url, token, 40);
  const before = (await portal.api.get<Device[]>('/api/devices')).filter(({ online }) => online).length;
  fleet[Symbol.dispose]();
  await eventually('they are offline', async () => {
    const now = (await portal.api.get<Device[]>('/api/devices')).filter(({ online }) => online).length;
    return now === before - 40;
  });
});
