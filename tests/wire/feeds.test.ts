import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { FEATURES, type FeatureName, toAgent } from '@porthole/protocol';
import { eventually, settled } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { deviceOf, House } from './house.ts';
import { WireAgent } from './wireAgent.ts';
import type { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;
const { agent, id } = await house.device('desk');

async function subscriber(name?: 'ann' | 'oli' | 'vic'): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  await portal.told('devices');
  return portal;
}

async function toggle(portal: WirePortal, feature: FeatureName, on: boolean): Promise<void> {
  const reply = await portal.api.request('PUT', `/api/devices/${id}/toggles/${feature}`, { body: { on } });
  assert.equal(reply.status, 204);
}

test('a toggle reaches every portal, ends what it is about at once, and holds through restarts of both programs', async () => {
  const portals = [await subscriber('ann'), await subscriber('oli'), await subscriber('vic')];
  const [ann] = portals;
  assert.ok(ann);
  const screen = await ann.openScreen(id);
  await toggle(ann, 'screen', false);
  for (const portal of portals) await portal.told('device', ({ device }) => device.id === id && !device.toggles.screen);
  await eventually('the open screen ends', () => screen.closedBy === 'feature.off');
  await assert.rejects(ann.openScreen(id), /feature\.off/);
  await agent.restart();
  await hub.restart();
  const later = await house.signIn();
  const online = async () => (await deviceOf(later, 'desk'))?.online;
  assert.equal((await deviceOf(later, 'desk'))?.toggles.screen, false, 'known before the agent is back');
  await eventually('the agent is back', online, 45_000);
  assert.equal((await deviceOf(later, 'desk'))?.toggles.screen, false);
  const portal = await subscriber();
  await assert.rejects(portal.openScreen(id), /feature\.off/);
  await toggle(portal, 'screen', true);
  assert.equal((await portal.openScreen(id)).isOpen, true);
});

test('switching input off ends control, and the stats stop and start with their toggle', async () => {
  const portal = await subscriber();
  portal.send({ type: 'watch', stats: [id], thumbnails: [] });
  const input = await portal.open(id, 'input', { take: true });
  await toggle(portal, 'input', false);
  await eventually('control ends', () => input.closedBy === 'feature.off');
  await toggle(portal, 'input', true);
  await portal.told('device.stats');
  await toggle(portal, 'stats', false);
  const before = await settled('off means nothing leaves the device', 2_500, () => portal.all('device.stats').length);
  await toggle(portal, 'stats', true);
  await portal.told('device.stats', (message) => portal.all('device.stats').indexOf(message) >= before);
});

test('samples come each second while somebody looks, and a portal that does not look hears one now and then', async () => {
  const [looking, idle] = [await subscriber('vic'), await subscriber()];
  looking.send({ type: 'watch', stats: [id], thumbnails: [] });
  await eventually('three samples', () => looking.all('device.stats').length >= 3);
  const [first, second, third] = looking.all('device.stats').map(({ stats }) => stats.at);
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  assert.ok(third - second >= 500, 'not more often than about once a second');
  assert.ok(idle.all('device.stats').length <= 1);
  looking.send({ type: 'watch', stats: [], thumbnails: [] });
  await settled('nobody looks, nothing comes', 2_500, () => looking.all('device.stats').length);
  const device = await deviceOf(looking.api, 'desk');
  assert.ok(device?.stats && device.stats.at >= third, 'the latest is kept for whoever comes next');
});

/** The channels that the hub asks a device under our hand for, as they are open now. */
function channelsOf(device: WireAgent): { feature: FeatureName; params: object }[] {
  const open = new Map<number, { feature: FeatureName; params: object }>();
  for (const text of device.texts) {
    const parsed = toAgent['channel.open'].schema.safeParse(JSON.parse(text));
    if (parsed.success)
      open.set(parsed.data.grant.channel, { feature: parsed.data.grant.feature, params: parsed.data.params });
    const closed = toAgent['channel.close'].schema.safeParse(JSON.parse(text));
    if (closed.success) open.delete(closed.data.channel);
  }
  return [...open.values()];
}

test('the hub asks a device for stats slowly while nobody looks, each second while somebody does, and never twice', async () => {
  using device = await WireAgent.enrol(hub.url, await createToken(hub), { name: 'bare' });
  const portals = [await subscriber('ann'), await subscriber('oli')];
  const bare = (await deviceOf(portals[0]?.api ?? (await house.signIn()), 'bare'))?.id ?? '';
  const asked = (intervalMs: number) => {
    const open = channelsOf(device);
    return (
      open.length === 1 && isDeepStrictEqual(open[0], { feature: 'stats', params: { operation: 'sample', intervalMs } })
    );
  };
  await eventually('the idle pace', () => asked(60_000));
  for (const portal of portals) portal.send({ type: 'watch', stats: [bare], thumbnails: [] });
  await eventually('the live pace', () => asked(1_000));
  portals[0]?.socket.terminate();
  await sleep(500);
  assert.ok(asked(1_000), 'one still looks');
  portals[1]?.send({ type: 'watch', stats: [], thumbnails: [] });
  await eventually('the idle pace again', () => asked(60_000));
  assert.equal(FEATURES.thumbnail.link, 'bulk', 'nothing of the pictures was asked on this connection');
});

test('pictures of a card are made only while one is on a screen, and sent only when they changed', async () => {
  const portal = await subscriber('vic');
  assert.equal((await deviceOf(portal.api, 'desk'))?.thumbnail, null);
  portal.send({ type: 'watch', stats: [], thumbnails: [id] });
  const { device } = await portal.told(
    'device',
    (message) => message.device.id === id && message.device.thumbnail !== null,
  );
  const version = device.thumbnail?.version ?? '';
  const picture = await portal.api.request('GET', `/api/devices/${id}/thumbnail?v=${version}`);
  assert.deepEqual([picture.status, picture.headers['content-type']], [200, 'image/jpeg']);
  assert.deepEqual([...picture.body.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  // The box of the synthetic display moves while it is open, so another picture follows.
  await portal.told('device', (message) => (message.device.thumbnail?.version ?? version) !== version);
  portal.send({ type: 'watch', stats: [], thumbnails: [] });
  const versions = () => new Set(portal.all('device').map((message) => message.device.thumbnail?.version)).size;
  await settled('nobody looks, nothing is made', 5_000, versions);
  assert.ok((await deviceOf(portal.api, 'desk'))?.thumbnail, 'the last one is kept');
});

test('a portal is never told the same of a device twice, whatever connects meanwhile', async () => {
  const portal = await subscriber();
  await agent.restart();
  const { id: second } = await house.device('second');
  await toggle(portal, 'thumbnail', true);
  await portal.told('device', ({ device }) => device.id === second);
  await sleep(1_000);
  for (const device of [id, second]) {
    const told = portal.all('device').filter((message) => message.device.id === device);
    for (const [at, message] of told.entries()) {
      assert.notDeepEqual(message, told[at - 1]);
    }
  }
});
