import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  DEFAULT_SENDING_SETTINGS,
  type Device,
  type DeviceFacts,
  encodeData,
  type SendingSettings,
  type StatsSample,
  type Traffic,
} from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { factsOf, sampleOf } from '../support/fleet/fleetFigures.ts';
import { createToken } from '../support/hub.ts';
import { deviceOf, House } from './house.ts';
import { type DeviceKeys, deviceKeys, WireAgent } from './wireAgent.ts';
import type { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;
const HOUR = 3_600_000;

interface Told {
  type: string;
  settings?: SendingSettings;
  channel?: number;
  grant?: { channel: number; feature: string };
  params?: Record<string, unknown>;
}

/** Everything of one type that the hub told a device after the handshake. */
function told(agent: WireAgent, type: string): Told[] {
  return agent.texts.map((text): Told => JSON.parse(text)).filter((message) => message.type === type);
}

/** The channels of a feature that the hub asked for, as they were asked. */
function asked(agent: WireAgent, feature: string): Told[] {
  return told(agent, 'channel.open').filter(({ grant }) => grant?.feature === feature);
}

async function enrol(name: string, keys = deviceKeys()): Promise<WireAgent> {
  return house.keep(await WireAgent.enrol(hub.url, await createToken(hub), { name, keys }));
}

async function idOf(name: string): Promise<string> {
  const api = await house.signIn();
  return (await eventually(`${name} is there`, () => deviceOf(api, name))).id;
}

async function subscriber(name?: 'ann' | 'oli' | 'vic'): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  await portal.told('devices');
  return portal;
}

async function back(keys: DeviceKeys, hubKey: string): Promise<WireAgent> {
  const agent = house.keep(await WireAgent.connect(hub.url));
  agent.say(await agent.hello({ keys, hubKey }));
  await agent.heard('welcome');
  return agent;
}

test('a device is told what it may send when it connects, and at each change, its own or that of all', async () => {
  const agent = await enrol('sender');
  const id = await idOf('sender');
  const { api } = await house.portal();
  const settings = () => told(agent, 'sending.settings').map((message) => message.settings);
  await eventually('it is told the defaults', () => settings().length === 1);
  const own = { ...DEFAULT_SENDING_SETTINGS, hours: { from: 480, to: 1_080 } };
  await api.request('PUT', `/api/devices/${id}/settings/sending`, { body: own });
  await eventually('it is told its own', () => settings().length === 2);
  await api.request('PUT', '/api/settings/sending', { body: { ...DEFAULT_SENDING_SETTINGS, statsMs: 2_000 } });
  await api.request('DELETE', `/api/devices/${id}/settings/sending`);
  await eventually('it is told those of all', () => settings().length === 3);
  await api.request('PUT', '/api/settings/sending', { body: DEFAULT_SENDING_SETTINGS });
  await eventually('it is told the change of all', () => settings().length === 4);
  assert.deepEqual(settings(), [
    DEFAULT_SENDING_SETTINGS,
    own,
    { ...DEFAULT_SENDING_SETTINGS, statsMs: 2_000 },
    DEFAULT_SENDING_SETTINGS,
  ]);
});

test('small pictures come as it was set, also when nobody watches if that is what was set, and a change is in force at once', async () => {
  const agent = await enrol('pictured');
  const bulk = house.keep(await WireAgent.connect(hub.url));
  const keys = deviceKeys();
  const other = await enrol('pictures', keys);
  const hubKey = (await other.heard('challenge')).publicKey;
  bulk.say(await bulk.hello({ keys, hubKey, link: 'bulk' }));
  await bulk.heard('welcome');
  const id = await idOf('pictures');
  const portal = await subscriber();
  portal.send({ type: 'watch', stats: [], thumbnails: [id] });
  const params = () => asked(bulk, 'thumbnail').map((message) => message.params);
  await eventually('pictures are asked for', () => params().length === 1);
  const set = (body: object) => portal.api.request('PUT', `/api/devices/${id}/settings/sending`, { body });
  await set({ ...DEFAULT_SENDING_SETTINGS, thumbnailMs: 9_000, thumbnailWidth: 1_280 });
  await eventually('they are asked for anew', () => params().length === 2);
  assert.deepEqual(params(), [
    { maxWidth: 480, intervalMs: 2_000 },
    { maxWidth: 1_280, intervalMs: 9_000 },
  ]);
  portal.send({ type: 'watch', stats: [], thumbnails: [] });
  await eventually('they end with whoever looked', () => told(bulk, 'channel.close').length === 2);
  await set({ ...DEFAULT_SENDING_SETTINGS, onlyWatched: false });
  await eventually('they come though nobody looks', () => params().length === 3);
  assert.equal(asked(agent, 'thumbnail').length, 0);
});

test('facts are known to all who may see figures, are there after the hub was killed, and lists show the traits', async () => {
  const keys = deviceKeys();
  const agent = await enrol('facts', keys);
  const id = await idOf('facts');
  const vic = await house.signIn('vic');
  assert.equal((await vic.request('GET', `/api/devices/${id}/facts`)).status, 404);
  const watcher = await subscriber('vic');
  agent.say({ type: 'state', facts: factsOf(7) });
  const news = await watcher.told('device', ({ device }) => device.id === id && device.traits.model !== undefined);
  assert.deepEqual(
    [news.device.traits.model, news.device.traits.address, news.device.traits.wakeable],
    ['ASUS PRIME B550-PLUS', '10.7.0.7', true],
  );
  assert.deepEqual(await vic.get<DeviceFacts>(`/api/devices/${id}/facts`), factsOf(7));
  // Facts are written down with the next batch; this makes one.
  agent.say({ type: 'state', description: { hostname: 'other', system: 'x', architecture: 'x', version: '0' } });
  await watcher.told('device', ({ device }) => device.id === id && device.description.hostname === 'other');
  hub.kill('SIGKILL');
  await hub.restart();
  const after = await house.signIn('vic');
  assert.deepEqual(await after.get<DeviceFacts>(`/api/devices/${id}/facts`), factsOf(7));
  assert.equal((await deviceOf(after, 'facts'))?.traits.model, 'ASUS PRIME B550-PLUS');
});

test('the clock of a device is measured by its samples, and what it sends is counted by feature', async () => {
  const agent = await enrol('clock');
  const id = await idOf('clock');
  const portal = await subscriber('vic');
  portal.send({ type: 'watch', stats: [id], thumbnails: [] });
  const { grant } = await eventually('live samples are asked for', () =>
    asked(agent, 'stats').find(({ params }) => params?.intervalMs === 1_000),
  );
  const sample: StatsSample = { ...sampleOf(1, { withTop: true }), at: Date.now() + HOUR };
  const payload = Buffer.from(JSON.stringify(sample));
  agent.say({ type: 'channel.opened', channel: grant?.channel });
  agent.socket.send(encodeData(grant?.channel ?? 0, payload, true));
  const { device } = await portal.told('device', (news) => news.device.traits.clockAhead !== undefined);
  assert.ok(Math.abs((device.traits.clockAhead ?? 0) - HOUR) < 2_000, String(device.traits.clockAhead));
  const traffic = await portal.api.get<Traffic>(`/api/devices/${id}/traffic`);
  // Its frame and the header of its message: two bytes, two of length, four of mask.
  assert.equal(traffic.today.stats, payload.byteLength + 8 + 8);
  assert.deepEqual(Object.keys(traffic.today), ['stats']);
  assert.ok((traffic.now.stats ?? 0) > 0);
  assert.ok(traffic.other.today > 0);
});

test('what people set is there for every page at once, for each user their own', async () => {
  const [ann, ann2, vic] = [await subscriber('ann'), await subscriber('ann'), await subscriber('vic')];
  await ann.api.request('PUT', '/api/preferences/favourites', { body: { value: [] } });
  for (const portal of [ann, ann2]) await portal.told('preferences.changed', ({ part }) => part === 'favourites');
  await ann.api.request('PUT', '/api/preferences/defaults/order', { body: { value: [] } });
  await vic.told('preferences.changed', ({ part }) => part === 'order');
  assert.deepEqual(
    vic.all('preferences.changed').map(({ part }) => part),
    ['order'],
  );
  await ann.api.request('PUT', '/api/product', { body: { title: 'Ours' } });
  assert.deepEqual((await vic.told('product')).product, { title: 'Ours', logo: null });
});

/** Facts and samples that break a bound or a form. */
const LONG = 'x'.repeat(300);
const BROKEN_FACTS: object[] = [
  { model: LONG },
  { users: Array(65).fill('u') },
  { interfaces: [{ name: 'e', mac: 'AA:BB:CC:DD:EE:FF', addresses: [] }] },
  { drives: [{ mount: 'm', device: 'd', format: 'f', size: -1, free: 0, main: true }] },
  { power: ['explode'] },
  { more: 1 },
];
const BROKEN_SAMPLES: unknown[] = [
  { cpu: 2 },
  { cpu: Number.NaN },
  { memory: { used: -1, total: 1 } },
  { top: [{ pid: 1, name: LONG, cpu: 0, memory: 0 }] },
  { top: Array(7).fill({ pid: 1, name: 'n', cpu: 0, memory: 0 }) },
  { more: '<script>' },
];
/** What is text, however it looks. */
const HOSTILE = '<img src=x onerror=alert(1)>\u202e\u0000\n\u200b"\'{{7*7}}';

test('what a device may not say costs it its connection or its samples, and nobody else anything', async () => {
  const bystander = await enrol('bystander');
  const watcher = await subscriber('vic');
  for (const [index, broken] of BROKEN_FACTS.entries()) {
    const agent = await enrol(`liar ${index}`);
    agent.say({ type: 'state', facts: { ...factsOf(1), ...broken } });
    assert.equal(await agent.closed, 'message.invalid', JSON.stringify(broken).slice(0, 60));
  }
  const id = await idOf('bystander');
  for (const broken of BROKEN_SAMPLES) {
    const { grant } = await eventually('samples are asked for', () => asked(bystander, 'stats').at(-1));
    const sample = { ...sampleOf(1, { withTop: false }), ...(broken as object) };
    bystander.socket.send(encodeData(grant?.channel ?? 0, Buffer.from(JSON.stringify(sample)), true));
  }
  await eventually('its samples are not wanted any more', () => told(bystander, 'channel.close').length > 0);
  const { stats, online } = (await deviceOf(watcher.api, 'bystander')) as Device;
  assert.deepEqual([stats, online], [null, true]);
  assert.equal((await watcher.api.request('GET', `/api/devices/${id}/facts`)).status, 404);
});

test('hostile text stays text, in every field, as it was said', async () => {
  const agent = await enrol('hostile');
  const id = await idOf('hostile');
  const watcher = await subscriber('vic');
  const facts: DeviceFacts = {
    ...factsOf(3),
    maker: HOSTILE,
    model: HOSTILE,
    kernel: HOSTILE,
    users: [HOSTILE],
    interfaces: [{ name: HOSTILE, addresses: [HOSTILE] }],
  };
  agent.say({ type: 'state', facts });
  await watcher.told('device', ({ device }) => device.id === id && device.traits.kernel === HOSTILE);
  assert.deepEqual(await watcher.api.get<DeviceFacts>(`/api/devices/${id}/facts`), facts);
});

test('a device that comes back is told what was set while it was away', async () => {
  const keys = deviceKeys();
  const agent = await enrol('away', keys);
  const hubKey = (await agent.heard('challenge')).publicKey;
  const id = await idOf('away');
  agent.socket.terminate();
  const { api } = await house.portal();
  const own = { ...DEFAULT_SENDING_SETTINGS, recordMs: 0 } as const;
  await api.request('PUT', `/api/devices/${id}/settings/sending`, { body: own });
  const later = await back(keys, hubKey);
  const [first] = await eventually('it is told', () => {
    const settings = told(later, 'sending.settings');
    return settings.length > 0 ? settings : undefined;
  });
  assert.deepEqual(first?.settings, own);
});
