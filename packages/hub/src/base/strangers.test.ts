import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { type Cleanup, closingAfter } from '../testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from '../testing/testHub.ts';
import { Strangers } from './strangers.ts';

/** A server without any patience of its own, so that whatever is closed was closed by the limits. */
async function setUp(t: Cleanup, limits: { perSource: number; total: number }) {
  const strangers = new Strangers(limits);
  const closing = closingAfter(t);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    strangers.add(socket);
    socket.on('data', () => strangers.met(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.add({ close: () => server.close() });
  const dial = async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    closing.add({ close: () => socket.destroy() });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  return { server, dial };
}

function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.resume().once('close', resolve));
}

/** A connection on which somebody proved who they are, as the server sees it. */
async function dialKnown({ server, dial }: Awaited<ReturnType<typeof setUp>>) {
  const accepted = once(server, 'connection');
  const known = await dial();
  const [socket]: Socket[] = await accepted;
  assert.ok(socket);
  const met = once(socket, 'data');
  known.write('hello');
  await met;
  return known;
}

test('beyond the limit strangers lose their places, and whoever was met keeps theirs', async (t) => {
  const parts = await setUp(t, { perSource: 2, total: 10 });
  const known = await Promise.all([dialKnown(parts), dialKnown(parts)]);
  const dialled = await Promise.all(Array.from({ length: 12 }, () => parts.dial()));
  let gone = 0;
  await new Promise<void>((resolve) => {
    for (const socket of dialled) void closed(socket).then(() => ++gone === 10 && resolve());
  });
  assert.equal(dialled.filter(({ closed: isClosed }) => !isClosed).length, 2);
  assert.deepEqual(
    known.map((socket) => socket.closed),
    [false, false],
  );
});

test('a stranger who leaves makes room', async (t) => {
  const { server, dial } = await setUp(t, { perSource: 1, total: 1 });
  for (let round = 0; round < 5; round += 1) {
    const accepted = once(server, 'connection');
    const socket = await dial();
    const [there]: Socket[] = await accepted;
    assert.equal(there?.destroyed, false);
    const left = once(there ?? socket, 'close');
    socket.destroy();
    await left;
  }
});

function openPortal({ port, ca, origin }: TestHub, cookie: string): WebSocket {
  const headers = { host: `localhost:${port}`, cookie, origin };
  return new WebSocket(`wss://127.0.0.1:${port}/ws/portal`, { ca, headers });
}

test('a thousand silent connections neither push out a signed-in portal nor keep others from signing in', async (t) => {
  const hub = await startTestHub(t);
  const closing = closingAfter(t);
  const cookie = await hub.signIn();
  const portal = openPortal(hub, cookie);
  closing.add({ close: () => portal.terminate() });
  await once(portal, 'message');
  const silent = Array.from({ length: 1000 }, () => connect(hub.port, '127.0.0.1'));
  let gone = 0;
  const enough = new Promise<string>((resolve) => {
    for (const socket of silent) {
      closing.add({ close: () => socket.destroy() });
      socket.on('error', () => undefined);
      void closed(socket).then(() => ++gone === 1000 - 512 && resolve('dropped by the limit'));
    }
  });
  // Below the hub's patience with silence, which would drop them all.
  const patience = new Promise<string>((resolve) => setTimeout(resolve, 8_000, 'nobody dropped').unref());
  assert.equal(await Promise.race([enough, patience]), 'dropped by the limit');
  assert.equal(portal.readyState, WebSocket.OPEN);
  assert.match(await hub.signIn(), /^__Host-porthole=/);
  portal.send(JSON.stringify({ type: 'ping', sentAt: 1 }));
  const [answer] = await once(portal, 'message');
  assert.deepEqual(JSON.parse(String(answer)), { type: 'pong', sentAt: 1 });
});
