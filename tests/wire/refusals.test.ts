import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ALL_ON, parseToken } from '@porthole/protocol';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { House } from './house.ts';
import { deviceKeys, WireAgent } from './wireAgent.ts';
import { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;
const { id } = await house.device('desk');

/** The HTTP status with which a WebSocket was refused; 101 when it was not. */
async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(new URL(path, hub.url.replace('https', 'wss')), { headers, rejectUnauthorized: false });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', reject);
    });
  } finally {
    socket.on('error', () => undefined);
    socket.terminate();
  }
}

test('a portal socket needs the exact origin of the hub, its host name, and a session', async () => {
  const { cookie } = await house.signIn();
  const { origin, hostname, port } = new URL(hub.url);
  const statuses: Record<string, number> = {
    own: await upgrade('/ws/portal', { origin, cookie }),
    'no origin': await upgrade('/ws/portal', { cookie }),
    null: await upgrade('/ws/portal', { origin: 'null', cookie }),
    foreign: await upgrade('/ws/portal', { origin: 'https://evil.example', cookie }),
    suffix: await upgrade('/ws/portal', { origin: `${origin}.evil.example`, cookie }),
    'other port': await upgrade('/ws/portal', { origin: `https://${hostname}:${Number(port) + 1}`, cookie }),
    'other scheme': await upgrade('/ws/portal', { origin: origin.replace('https', 'http'), cookie }),
    'foreign host': await upgrade('/ws/portal', { origin, cookie, host: 'evil.example' }),
    'other port of host': await upgrade('/ws/portal', { origin, cookie, host: `${hostname}:1` }),
    'no session': await upgrade('/ws/portal', { origin }),
    'made-up session': await upgrade('/ws/portal', { origin, cookie: `__Host-session=${'x'.repeat(43)}` }),
    'other path': await upgrade('/ws/portal/', { origin, cookie }),
    'unknown path': await upgrade('/ws/nothing', { origin, cookie }),
  };
  assert.deepEqual(statuses, {
    own: 101,
    'no origin': 403,
    null: 403,
    foreign: 403,
    suffix: 403,
    'other port': 403,
    'other scheme': 403,
    'foreign host': 421,
    'other port of host': 421,
    'no session': 401,
    'made-up session': 401,
    'other path': 404,
    'unknown path': 404,
  });
});

test('an agent socket refuses every origin, the own one too, and foreign hosts', async () => {
  const { origin } = new URL(hub.url);
  assert.equal(await upgrade('/ws/agent', {}), 101);
  for (const sent of [origin, 'null', 'https://evil.example', '']) {
    assert.equal(await upgrade('/ws/agent', { origin: sent }), 403, sent);
  }
  assert.equal(await upgrade('/ws/agent', { host: 'evil.example' }), 421);
});

test('a ticket opens one channel once, and only in the session it was issued to', async () => {
  const [portal, same, other] = [await house.portal('ann'), await house.portal('ann'), await house.portal('oli')];
  const ticket = await portal.ticket(id, 'screen');
  const first = portal.ask(ticket, 'screen', { monitor: '' });
  await eventually('the first use opens', () => first.isOpen);
  for (const replayer of [portal, same, other]) {
    const again = replayer.ask(ticket, 'screen', { monitor: '' });
    assert.equal(await eventually('a replay is answered', () => again.closedBy), 'ticket.invalid');
  }
  const stolen = other.ask(await portal.ticket(id, 'screen'), 'screen', { monitor: '' });
  assert.equal(await eventually('a foreign ticket is answered', () => stolen.closedBy), 'ticket.invalid');
  for (const madeUp of ['x', 'x'.repeat(43)]) {
    const channel = portal.ask(madeUp, 'screen', { monitor: '' });
    assert.equal(await eventually('a made-up ticket is answered', () => channel.closedBy), 'ticket.invalid');
  }
  assert.equal(first.closedBy, undefined);
});

test('a ticket of one feature does not open another, and wrong parameters use it up', async () => {
  const portal = await house.portal();
  const input = portal.ask(await portal.ticket(id, 'screen'), 'screen', { take: true });
  assert.equal(await eventually('it is answered', () => input.closedBy), 'request.invalid');
  const ticket = await portal.ticket(id, 'screen');
  const wrong = portal.ask(ticket, 'screen', { monitor: 'x'.repeat(200) });
  assert.equal(await eventually('it is answered', () => wrong.closedBy), 'request.invalid');
  const again = portal.ask(ticket, 'screen', { monitor: '' });
  assert.equal(await eventually('it is answered', () => again.closedBy), 'ticket.invalid');
});

test('features that only the hub itself reads cannot be opened by a portal', async () => {
  const portal = await house.portal();
  const [sample, picture] = [
    { operation: 'sample', intervalMs: 1000 },
    { maxWidth: 100, intervalMs: 1000 },
  ];
  await assert.rejects(portal.open(id, 'stats', sample), /feature\.unsupported/);
  await assert.rejects(portal.open(id, 'thumbnail', picture), /feature\.unsupported/);
  await assert.rejects(portal.open(id, 'power', { id: 'i'.repeat(22), action: 'lock' }), /feature\.unsupported/);
});

test('a user who may only view gets no ticket for input and switches nothing', async () => {
  const portal = await house.portal('vic');
  const { api } = portal;
  await portal.openScreen(id);
  const asked = await api.request('POST', `/api/devices/${id}/tickets`, {
    body: { feature: 'input', viewer: portal.viewer },
  });
  const toggled = await api.request('PUT', `/api/devices/${id}/toggles/screen`, { body: { on: false } });
  const given = await api.request('POST', `/api/devices/${id}/control`, { body: { to: portal.viewer } });
  const renamed = await api.request('PATCH', `/api/devices/${id}`, { body: { name: 'mine' } });
  const removed = await api.request('DELETE', `/api/devices/${id}`);
  assert.deepEqual(
    [asked, toggled, given, renamed, removed].map(({ status }) => status),
    [404, 404, 404, 404, 404],
  );
  const { toggles, name } = await api.get<{ toggles: object; name: string }>(`/api/devices/${id}`);
  assert.deepEqual([toggles, name], [ALL_ON, 'desk']);
});

test('a viewer of a screen cannot be talked into being somebody else', async () => {
  const [ann, vic] = [await house.portal('ann'), await house.portal('vic')];
  await ann.openScreen(id);
  const reply = await vic.api.request('POST', `/api/devices/${id}/tickets`, {
    body: { feature: 'screen', viewer: ann.viewer },
  });
  assert.equal(reply.status, 404);
});

test('enrolment tokens that are made up, used or expired are refused, each with its reason', async () => {
  const token = await createToken(hub);
  using agent = await WireAgent.enrol(hub.url, token);
  assert.equal(agent.texts.length >= 2, true);
  const { hubKey } = parseToken(token);
  const refusals: Record<string, string> = {};
  const short = await createToken(hub, ['--ttl', '1s']);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const tries = { used: token, expired: short, unknown: `ph1.${'x'.repeat(43)}.${hubKey}` };
  for (const [what, text] of Object.entries(tries)) {
    using stranger = await WireAgent.connect(hub.url);
    stranger.say(await stranger.hello({ keys: deviceKeys(), hubKey, token: parseToken(text).secret }));
    refusals[what] = await stranger.refusal();
    assert.equal(await stranger.closed, refusals[what]);
  }
  assert.deepEqual(refusals, { used: 'token.used', expired: 'token.expired', unknown: 'token.invalid' });
});

test('a key that was never enrolled is refused without a token, and on the second connection even with one', async () => {
  const token = await createToken(hub);
  const { hubKey, secret } = parseToken(token);
  using bare = await WireAgent.connect(hub.url);
  bare.say(await bare.hello({ keys: deviceKeys(), hubKey }));
  assert.equal(await bare.refusal(), 'device.unknown');
  using bulk = await WireAgent.connect(hub.url);
  bulk.say(await bulk.hello({ keys: deviceKeys(), hubKey, token: secret, link: 'bulk' }));
  assert.equal(await bulk.refusal(), 'device.unknown');
});

test('a hello that was recorded is worth nothing on another connection', async () => {
  const keys = deviceKeys();
  const token = await createToken(hub);
  const { hubKey, secret } = parseToken(token);
  using original = await WireAgent.connect(hub.url);
  const recorded = await original.hello({ keys, hubKey, token: secret });
  original.say(recorded);
  await original.heard('welcome');
  using replay = await WireAgent.connect(hub.url);
  await replay.hello({ keys: deviceKeys(), hubKey });
  replay.say(recorded);
  assert.equal(await replay.refusal(), 'hello.invalid');
  using early = await WireAgent.connect(hub.url);
  early.say(recorded);
  assert.equal(await early.refusal(), 'hello.invalid');
  assert.equal(original.socket.readyState, WebSocket.OPEN, 'the true device is not disturbed');
});

test('a portal socket that is told nothing but nonsense after sign-out is closed with its session', async () => {
  const api = await house.signIn('oli');
  const portal = house.keep(await WirePortal.open(api));
  const screen = await portal.openScreen(id);
  assert.equal(screen.isOpen, true);
  await api.request('DELETE', '/api/session');
  await portal.told('session.ended', undefined, 1_000);
  assert.equal(await portal.closed, 'auth.session-ended');
  const reply = await api.request('GET', '/api/devices');
  assert.equal(reply.status, 401);
});
