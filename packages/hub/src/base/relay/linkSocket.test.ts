import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@porthole/protocol';
import { pino } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import { LinkSocket } from './linkSocket.ts';

/** Both ends of one connection: ours, and that of a peer who answers pings by itself or not. */
async function connect(t: TestContext, { autoPong = true } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const peer = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong });
  peer.on('error', () => peer.terminate());
  const [socket]: WebSocket[] = await accepted;
  if (!socket) throw new Error('no connection');
  const closes: unknown[] = [];
  const handlers = { text: () => undefined, frame: () => undefined, closed: () => closes.push(0) };
  const link = new LinkSocket(socket, handlers, { log: pino({ level: 'silent' }) });
  t.after(() => {
    link.close('channel.closed');
    peer.terminate();
    server.close();
  });
  if (peer.readyState !== peer.OPEN) await once(peer, 'open');
  return { link, peer, socket, closes };
}

/** The first pings that the peer gets, without answering any. */
async function pings(peer: WebSocket, count: number): Promise<Buffer[]> {
  const heard: Buffer[] = [];
  const { promise, resolve } = Promise.withResolvers<Buffer[]>();
  peer.on('ping', (data: Buffer) => heard.push(data) === count && resolve(heard));
  return await promise;
}

test('a round trip is measured, and several at once are told apart whatever the order of their answers', async (t) => {
  const { link, peer } = await connect(t, { autoPong: false });
  const heard = pings(peer, 3);
  const order: number[] = [];
  const trips = [0, 1, 2].map(async (at) => {
    const ms = await link.roundTrip();
    order.push(at);
    return ms;
  });
  for (const ping of (await heard).reverse()) peer.pong(ping);
  for (const ms of await Promise.all(trips)) assert.ok(ms !== undefined && ms >= 0);
  assert.deepEqual(order, [2, 1, 0]);
});

test('the shortest round trip is that of all, pulses too', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { link, peer } = await connect(t, { autoPong: false });
  assert.equal(link.shortestRoundTrip, undefined);
  const heard = pings(peer, 1);
  t.mock.timers.tick(LIMITS.pingMs);
  const [pulse] = await heard;
  peer.pong(pulse);
  // What the peer said before this message has been dealt with when it arrives.
  peer.ping('x');
  await once(peer, 'pong');
  const first = link.shortestRoundTrip ?? Number.NaN;
  const slow = pings(peer, 1);
  const trip = link.roundTrip();
  const [ping] = await slow;
  await sleep(first + 5);
  peer.pong(ping);
  assert.ok(((await trip) ?? 0) > first);
  assert.equal(link.shortestRoundTrip, first);
});

test('answers that nobody asked for, or that come twice, end no round trip but their own', async (t) => {
  const { link, peer } = await connect(t, { autoPong: false });
  const heard = pings(peer, 2);
  let isOver = false;
  const first = link.roundTrip();
  const second = link.roundTrip().then(() => {
    isOver = true;
  });
  const [one = Buffer.of(), two = Buffer.of()] = await heard;
  for (const data of [one, one, Buffer.of(), Buffer.from('99'), Buffer.of(0xff, 0xfe)]) peer.pong(data);
  await first;
  // What the peer said before this message has been dealt with when it arrives.
  peer.ping('x');
  await once(peer, 'pong');
  assert.equal(isOver, false);
  peer.pong(two);
  await second;
});

test('a round trip ends with the connection, and none begins on one that is closed', async (t) => {
  for (const end of ['ours', 'theirs'] as const) {
    const { link, peer, closes } = await connect(t, { autoPong: false });
    const heard = pings(peer, 1);
    const trip = link.roundTrip();
    await heard;
    if (end === 'ours') link.close('channel.closed');
    else peer.terminate();
    assert.equal(await trip, undefined, end);
    assert.equal(await link.roundTrip(), undefined);
    assert.equal(closes.length, 1);
  }
});

test('no more than 64 are under way with a peer that answers none, and there is room again after an answer', async (t) => {
  const { link, peer } = await connect(t, { autoPong: false });
  const heard = pings(peer, 64);
  const trips = Array.from({ length: 64 }, () => link.roundTrip());
  assert.equal(await link.roundTrip(), undefined);
  const [first] = await heard;
  peer.pong(first);
  assert.notEqual(await trips[0], undefined);
  const again = pings(peer, 1);
  const another = link.roundTrip();
  const [last] = await again;
  peer.pong(last);
  assert.notEqual(await another, undefined);
});

test('a peer that answers nothing is given up after two pulses, and with it every round trip', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { link, socket } = await connect(t, { autoPong: false });
  const trip = link.roundTrip();
  const ended = once(socket, 'close');
  for (let beat = 0; beat <= LIMITS.pingMisses; beat++) t.mock.timers.tick(LIMITS.pingMs);
  await ended;
  assert.equal(await trip, undefined);
});

test('a frame that is none, and a text that is too long, close the connection with the reason', async (t) => {
  for (const [bytes, isBinary, reason] of [
    [Buffer.of(0xff, 1, 2), true, 'message.invalid'],
    [Buffer.alloc(LIMITS.control + 1, 'a'), false, 'message.too-large'],
  ] as const) {
    const { peer, closes } = await connect(t);
    peer.send(bytes, { binary: isBinary });
    const [code, said] = await once(peer, 'close');
    assert.deepEqual([code, String(said), closes.length], [4000, reason, 1]);
  }
});
