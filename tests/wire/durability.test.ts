import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseToken } from '@porthole/protocol';
import { startAgent } from '../support/agent.ts';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { deviceOf, House } from './house.ts';
import { deviceKeys, WireAgent } from './wireAgent.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;
const { agent, id } = await house.device('desk');

/** Kills the hub the hard way and starts it again. */
async function crash(): Promise<void> {
  hub.kill('SIGKILL');
  await hub.restart();
}

async function online(api: ApiClient, name: string): Promise<unknown> {
  return eventually(`${name} is online`, async () => (await deviceOf(api, name))?.online, 60_000);
}

test('a new name that was acknowledged survives kill -9, and so does the session that gave it', async () => {
  const api = await house.signIn();
  for (let n = 0; n < 3; n++) {
    const name = `name ${n}`;
    assert.equal((await api.request('PATCH', `/api/devices/${id}`, { body: { name } })).status, 204);
    await crash();
    assert.equal((await api.get<{ name: string }>(`/api/devices/${id}`)).name, name);
  }
  await api.request('PATCH', `/api/devices/${id}`, { body: { name: 'desk' } });
  await online(api, 'desk');
});

test('a toggle that was acknowledged survives kill -9 of both programs', async () => {
  const api = await house.signIn();
  const reply = await api.request('PUT', `/api/devices/${id}/toggles/thumbnail`, { body: { on: false } });
  assert.equal(reply.status, 204);
  agent.kill('SIGKILL');
  await crash();
  assert.equal((await deviceOf(api, 'desk'))?.toggles.thumbnail, false);
  await agent.restart();
  await online(api, 'desk');
  assert.equal((await deviceOf(api, 'desk'))?.toggles.thumbnail, false);
});

test('a device that was welcome stays enrolled through kill -9, and its token stays used', async () => {
  const token = await createToken(hub);
  const { hubKey, secret } = parseToken(token);
  const keys = deviceKeys();
  const first = await WireAgent.enrol(hub.url, token, { keys, name: 'fresh' });
  await crash();
  first.socket.terminate();
  using again = await WireAgent.connect(hub.url);
  again.say(await again.hello({ keys, hubKey }));
  assert.equal((await again.heard('welcome')).name, 'fresh');
  using other = await WireAgent.connect(hub.url);
  other.say(await other.hello({ keys: deviceKeys(), hubKey, token: secret }));
  assert.equal(await other.refusal(), 'token.used');
});

test('a removal that was acknowledged survives kill -9', async () => {
  const token = await createToken(hub);
  const { hubKey } = parseToken(token);
  const keys = deviceKeys();
  using device = await WireAgent.enrol(hub.url, token, { keys, name: 'removed' });
  const api = await house.signIn();
  const removed = (await deviceOf(api, 'removed'))?.id ?? '';
  assert.equal((await api.request('DELETE', `/api/devices/${removed}`)).status, 204);
  await crash();
  await device.closed;
  using again = await WireAgent.connect(hub.url);
  again.say(await again.hello({ keys, hubKey }));
  assert.equal(await again.refusal(), 'device.removed');
});

test('a ticket does not outlive the hub that issued it', async () => {
  const portal = await house.portal();
  await online(portal.api, 'desk');
  const ticket = await portal.ticket(id, 'screen');
  await crash();
  const later = await house.portal();
  await online(later.api, 'desk');
  const channel = later.ask(ticket, 'screen', { monitor: '' });
  assert.equal(await eventually('it is answered', () => channel.closedBy), 'ticket.invalid');
});

test('what came last from a device is shown after a restart, before the device is back', async () => {
  const api = await house.signIn();
  await online(api, 'desk');
  const portal = await house.portal();
  await api.request('PUT', `/api/devices/${id}/toggles/thumbnail`, { body: { on: true } });
  portal.send({ type: 'watch', stats: [id], thumbnails: [id] });
  await eventually('stats and a picture', async () => {
    const device = await deviceOf(api, 'desk');
    return device?.stats && device.thumbnail;
  });
  agent.kill('SIGKILL');
  await eventually('it is offline', async () => (await deviceOf(api, 'desk'))?.online === false);
  const before = await deviceOf(api, 'desk');
  await hub.restart();
  const after = await deviceOf(api, 'desk');
  // Its clock is measured anew.
  if (before) delete before.traits.clockAhead;
  assert.deepEqual(after, before);
  const picture = await api.request('GET', `/api/devices/${id}/thumbnail?v=${before?.thumbnail?.version}`);
  assert.equal(picture.status, 200);
  await agent.restart();
});

test('an agent outlasts an outage: it runs on, says so once, and is back with everything', async () => {
  await using other = await startAgent({ hub, display: 'fake', name: 'patient' });
  const portal = await house.portal();
  const device = (await deviceOf(portal.api, 'patient'))?.id ?? '';
  portal.send({ type: 'watch', stats: [device], thumbnails: [device] });
  const { screen } = await portal.openScreen(device);
  await eventually('pictures', () => screen.pictures > 5);
  const { pid } = other;
  hub.kill('SIGKILL');
  await sleep(6_000);
  await hub.restart();
  await eventually('it is back', () => other.output.stdout.match(/^Connected/gm)?.length === 2, 60_000);
  assert.equal(other.pid, pid);
  assert.equal(other.output.stderr.match(/Trying again/g)?.length, 1);
  const later = await house.portal();
  const again = await later.openScreen(device);
  await eventually('pictures again', () => again.screen.pictures > 5);
});

test('an agent that starts before its hub says that it waits, and connects when there is one', async () => {
  hub.kill('SIGKILL');
  const connected = agent.restart();
  await eventually('it says that it waits', () => /cannot be reached .* Trying again/.test(agent.output.stderr));
  await hub.restart();
  await connected;
});
