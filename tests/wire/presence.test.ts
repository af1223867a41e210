import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Device, parseToken } from '@porthole/protocol';
import { createToken } from '../support/hub.ts';
import { porthole, portholeOutput } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { deviceOf, House, type UserName } from './house.ts';
import { deviceKeys, WireAgent } from './wireAgent.ts';
import type { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;

/** Resolves when the portal is told that the device is online or offline; rejects after `withinMs`. */
async function toldOnline(portal: WirePortal, id: string, online: boolean, withinMs: number): Promise<Device> {
  const from = portal.news.length;
  const { device } = await portal.told(
    'device',
    (message) => portal.news.indexOf(message) >= from && message.device.id === id && message.device.online === online,
    withinMs,
  );
  return device;
}

async function subscriber(name?: UserName): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  await portal.told('devices');
  return portal;
}

test('an agent that ends cleanly is offline within a second, and online again when it comes back', async () => {
  const { agent, id } = await house.device('clean');
  const portal = await subscriber();
  const offline = toldOnline(portal, id, false, 1_000);
  agent.kill('SIGTERM');
  const device = await offline;
  assert.ok(Math.abs(device.since - Date.now()) < 10_000);
  const online = toldOnline(portal, id, true, 15_000);
  await agent.restart();
  await online;
});

test('an agent that is killed is offline within 15 s', async () => {
  const { agent, id } = await house.device('killed');
  const portal = await subscriber();
  const offline = toldOnline(portal, id, false, 15_000);
  agent.kill('SIGKILL');
  await offline;
});

test('an agent that stands still is offline within 15 s, its viewers are told, and it comes back by itself', async () => {
  const { agent, id } = await house.device('stopped');
  const portal = await subscriber();
  const screen = await portal.openScreen(id);
  const offline = toldOnline(portal, id, false, 15_000);
  agent.kill('SIGSTOP');
  await offline;
  assert.equal(screen.closedBy, 'device.offline');
  await assert.rejects(portal.openScreen(id), /device\.offline/);
  const online = toldOnline(portal, id, true, 45_000);
  agent.kill('SIGCONT');
  await online;
  assert.equal((await portal.openScreen(id)).isOpen, true);
});

test('a removed device loses its connections within a second and is refused from then on, after a restart too', async () => {
  const token = await createToken(hub);
  const { hubKey, secret } = parseToken(token);
  const keys = deviceKeys();
  using device = await WireAgent.enrol(hub.url, token, { keys, name: 'removed' });
  const portal = await subscriber();
  const id = (await deviceOf(portal.api, 'removed'))?.id ?? '';
  const closed = Promise.race([device.closed, sleep(1_000, 'not within a second')]);
  assert.equal((await portal.api.request('DELETE', `/api/devices/${id}`)).status, 204);
  assert.equal(await closed, 'device.removed');
  await portal.told('device.removed', (message) => message.id === id, 1_000);
  const knock = async () => {
    using again = await WireAgent.connect(hub.url);
    again.say(await again.hello({ keys, hubKey, token: secret, link: 'bulk' }));
    return await again.refusal();
  };
  assert.equal(await knock(), 'device.removed');
  await hub.restart();
  assert.equal(await knock(), 'device.removed');
});

test('an agent whose device was removed ends with one clear sentence, and can be enrolled anew', async () => {
  using folder = new TempDir();
  const run = (token: string) => {
    const args = ['agent', '--hub', hub.url, '--token', token, '--data', folder.path, '--name', 'sent away'];
    return porthole([...args, '--display', 'fake'], { env: { PORTHOLE_TOKEN: undefined } });
  };
  const api = await house.signIn();
  await using agent = run(await createToken(hub));
  await agent.printed(/^Connected to /m);
  const id = (await deviceOf(api, 'sent away'))?.id ?? '';
  await api.request('DELETE', `/api/devices/${id}`);
  assert.equal((await agent.exited).code, 1);
  assert.match(agent.stderr, /^The hub at \S+ refused: This device was removed from the hub\.\n$/);
  await using anew = run(await createToken(hub));
  await anew.printed(/^Connected to /m);
  assert.equal((await deviceOf(api, 'sent away'))?.online, true);
});

test('the same device connecting again takes the place of its older connection', async () => {
  const keys = deviceKeys();
  const token = await createToken(hub);
  const { hubKey } = parseToken(token);
  using older = await WireAgent.enrol(hub.url, token, { keys, name: 'twice' });
  using newer = await WireAgent.connect(hub.url);
  newer.say(await newer.hello({ keys, hubKey }));
  await newer.heard('welcome');
  assert.equal(await older.closed, 'link.replaced');
  const api = await house.signIn();
  assert.equal((await deviceOf(api, 'twice'))?.online, true);
});

test('an agent that says nothing is hung up on, and neither is one that begins and stops known as a device', async () => {
  using silent = await WireAgent.connect(hub.url);
  using halfway = await WireAgent.connect(hub.url);
  await halfway.hello({ keys: deviceKeys(), hubKey: 'k'.repeat(43) });
  assert.equal(await Promise.race([silent.closed, sleep(8_000, 'still open')]), 'device.timeout');
  assert.equal(await Promise.race([halfway.closed, sleep(8_000, 'still open')]), 'device.timeout');
});

test('a user whose role is lowered, or who is removed, loses what they had open within a second', async () => {
  const { id } = await house.device('shared');
  for (const change of [
    ['role', 'oli', '--role', 'viewer'],
    ['remove', 'vic'],
  ]) {
    const portal = await subscriber(change[1] as UserName);
    const screen = await portal.openScreen(id);
    assert.ok(screen.isOpen);
    await portholeOutput(['user', ...change, '--data', hub.data]);
    await portal.told('session.ended', undefined, 1_000);
    assert.equal(await portal.closed, 'auth.session-ended');
    assert.equal((await portal.api.request('GET', '/api/devices')).status, 401);
  }
});
