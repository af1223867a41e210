import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCredit, encodeData, GROUP_BIT, LIMITS, toAgent } from '@porthole/protocol';
import { CONTROL } from '../fuzz/corpus.ts';
import { mutateBytes, mutateJson } from '../fuzz/mutate.ts';
import { Random } from '../screen/random.ts';
import { eventually } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { deviceOf, House } from './house.ts';
import { WireAgent } from './wireAgent.ts';
import { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;
const { id } = await house.device('desk');
const bystander = await house.portal('vic');
const watched = await bystander.openScreen(id);
const { pid } = hub;

/** The hub runs on, and whoever watched a screen all along still does. */
async function nobodyIsDisturbed(): Promise<void> {
  const { pictures } = watched.screen;
  await eventually('the bystander goes on watching', () => watched.screen.pictures > pictures + 3);
  assert.deepEqual([hub.pid, watched.closedBy, bystander.socket.readyState], [pid, undefined, 1]);
}

const INVALID = 'message.invalid';
/** What is no message at all, and the reason that the hub hangs up with; '' where the WebSocket itself is broken. */
const NONSENSE: [what: string, data: string | Uint8Array, reason: string][] = [
  ['nothing', '', INVALID],
  ['half an object', '{"type"', INVALID],
  ['a list', '[]', INVALID],
  ['null', 'null', INVALID],
  ['an unknown type', '{"type":"nope"}', INVALID],
  ['an inherited type', '{"type":"constructor"}', INVALID],
  ['deep nesting', '['.repeat(60_000), INVALID],
  ['a long text', JSON.stringify({ type: 'x'.repeat(LIMITS.control) }), 'message.too-large'],
  ['an empty frame', new Uint8Array(0), INVALID],
  ['half a header', new Uint8Array(7), INVALID],
  ['an unknown frame', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 1), INVALID],
  ['reserved bits', Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 1), INVALID],
  ['half a credit', encodeCredit(1, 1).subarray(0, 10), INVALID],
  ['a frame too large', new Uint8Array(LIMITS.dataPayload + 9), ''],
  ['a text far too large', 'x'.repeat(2_000_000), ''],
];

test('nonsense of a portal costs it its connection, with the reason, and nobody else anything', async () => {
  const api = await house.signIn();
  for (const [what, data, reason] of NONSENSE) {
    using portal = await WirePortal.open(api);
    portal.socket.send(data);
    assert.equal(await Promise.race([portal.closed, sleep(5_000, 'still open')]), reason, what);
  }
  await nobodyIsDisturbed();
});

test('nonsense of an agent that has not proved itself costs it its connection', async () => {
  for (const [what, data, reason] of NONSENSE) {
    using agent = await WireAgent.connect(hub.url);
    agent.socket.send(data);
    assert.equal(await Promise.race([agent.closed, sleep(5_000, 'still open')]), reason, what);
  }
  await nobodyIsDisturbed();
});

test('nonsense of a device costs it its connection: it is offline, and its viewers are told', async () => {
  const api = await house.signIn();
  for (const [what, data, reason] of NONSENSE) {
    using device = await WireAgent.enrol(hub.url, await createToken(hub), { name: what });
    const portal = house.keep(await WirePortal.open(api));
    const deviceId = (await deviceOf(api, what))?.id ?? '';
    const channel = portal.ask(await portal.ticket(deviceId, 'screen'), 'screen', { monitor: '' });
    await eventually('the device is asked', () => device.texts.some((text) => text.includes('"feature":"screen"')));
    device.socket.send(data);
    assert.equal(await Promise.race([device.closed, sleep(5_000, 'still open')]), reason, what);
    assert.equal(await eventually('its viewer is told', () => channel.closedBy), 'device.offline', what);
    assert.equal((await deviceOf(api, what))?.online, false, what);
    portal.socket.terminate();
  }
  await nobodyIsDisturbed();
});

test('a number used for two channels, and frames for channels of others, harm only their sender', async () => {
  const portal = await house.portal();
  const ticket = await portal.ticket(id, 'screen');
  for (const channel of [0, 1, 2, GROUP_BIT, 0xffff_ffff]) portal.socket.send(encodeData(channel, Uint8Array.of(1)));
  portal.socket.send(encodeCredit(1, 1_000_000));
  portal.send({ type: 'channel.close', channel: 999 });
  portal.ask(ticket, 'screen', { monitor: '' });
  portal.send({ type: 'channel.open', channel: 1, ticket, params: {} });
  assert.equal(await portal.closed, INVALID);
  await nobodyIsDisturbed();
});

test('a device that sends more than a feature allows loses that feed, and a lying one is shown as it was before', async () => {
  using device = await WireAgent.enrol(hub.url, await createToken(hub), { name: 'liar' });
  const portal = await house.portal();
  portal.send({ type: 'subscribe' });
  const stats = await eventually('the hub asks for stats', () => {
    const open = device.texts.map((text) => toAgent['channel.open'].schema.safeParse(JSON.parse(text)));
    return open.find((parsed) => parsed.success && parsed.data.grant.feature === 'stats')?.data?.grant.channel;
  });
  device.say({ type: 'channel.opened', channel: stats });
  device.socket.send(encodeData(stats, Buffer.from('{"at":0,"cpu":7,"memory":{"used":1,"total":1}}'), true));
  await eventually('the feed is closed', () =>
    device.texts.some((text) => text.includes(`"channel.close","channel":${stats}`)),
  );
  assert.equal((await deviceOf(portal.api, 'liar'))?.stats, null);
  assert.equal((await deviceOf(portal.api, 'liar'))?.online, true);
  await nobodyIsDisturbed();
});

test('two hundred damaged conversations over real sockets leave the hub as it was', async () => {
  const random = new Random(9_000);
  const api = await house.signIn();
  const token = await createToken(hub, ['--uses', '100']);
  const tables = { portal: CONTROL.fromPortal?.messages ?? [], agent: CONTROL.fromAgent?.messages ?? [] };
  for (let n = 0; n < 200; n++) {
    const isAgent = n % 2 === 0;
    const peer = isAgent ? await WireAgent.enrol(hub.url, token) : await WirePortal.open(api);
    const messages = isAgent ? tables.agent : tables.portal;
    for (let turn = 0; turn < 10; turn++) {
      const frame = encodeData(random.integer(0, 3), Uint8Array.of(1, 2, 3), true);
      peer.socket.send(mutateJson(random.pick(messages), messages, random).slice(0, 100_000));
      peer.socket.send(mutateBytes(frame, [encodeCredit(1, 1)], random));
    }
    peer.socket.close();
    await Promise.race([peer.closed, sleep(2_000)]);
    peer.socket.terminate();
  }
  await nobodyIsDisturbed();
});

test('many who connect and say nothing do not keep others out', async () => {
  const idle = await Promise.all(Array.from({ length: 100 }, () => WireAgent.connect(hub.url)));
  using device = await WireAgent.enrol(hub.url, await createToken(hub), { name: 'one more' });
  assert.equal(device.socket.readyState, 1);
  for (const { socket } of idle) socket.terminate();
  await nobodyIsDisturbed();
});
