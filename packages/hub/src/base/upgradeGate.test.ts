import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { type ClientOptions, WebSocket } from 'ws';
import type { Cleanup } from '../testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from '../testing/testHub.ts';
import type { Subject } from './access.ts';
import type { Pending } from './pendingSockets.ts';

/** A hub with two doors of its own, so that nothing but the gate is behind them. */
async function setUp(t: Cleanup) {
  const hub = await startTestHub(t);
  const { gate } = hub.hub.services;
  const subjects: Subject[] = [];
  const pending: Pending[] = [];
  gate.add('/test/portal', {
    audience: 'portal',
    maxPayload: 64,
    accept: (_ws, _request, subject) => subjects.push(subject),
  });
  gate.add('/test/agent', { audience: 'agent', maxPayload: 64, accept: (_ws, _request, one) => pending.push(one) });
  return { hub, gate, subjects, pending };
}

function dial({ port, ca }: TestHub, path: string, headers: Record<string, string> = {}): WebSocket {
  const host = `localhost:${port}`;
  const options: ClientOptions = { ca, headers: { host, ...headers } };
  return new WebSocket(`wss://127.0.0.1:${port}${path}`, options);
}

/** The status that refused the upgrade, or 101. */
async function statusOf(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined);
  return await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, answer: IncomingMessage) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
  });
}

test('a portal needs the exact origin, refused before the upgrade otherwise', async (t) => {
  const { hub, subjects } = await setUp(t);
  const cookie = await hub.signIn();
  for (const origin of [
    undefined,
    'null',
    'https://evil.test',
    `https://localhost:${hub.port}.evil.test`,
    `https://evil-localhost:${hub.port}`,
    `https://localhost:${hub.port + 1}`,
    `http://localhost:${hub.port}`,
    'https://localhost',
  ]) {
    const status = await statusOf(dial(hub, '/test/portal', { cookie, ...(origin && { origin }) }));
    assert.equal(status, 403, origin);
  }
  assert.equal(await statusOf(dial(hub, '/test/portal', { cookie, origin: hub.origin })), 101);
  assert.deepEqual(
    subjects.map((subject) => subject.username),
    ['ada'],
  );
});

test('a portal needs a session that is still valid', async (t) => {
  const { hub } = await setUp(t);
  const cookie = await hub.signIn();
  const { origin } = hub;
  assert.equal(await statusOf(dial(hub, '/test/portal', { origin })), 401);
  assert.equal(await statusOf(dial(hub, '/test/portal', { origin, cookie: `${cookie.slice(0, -1)}_` })), 401);
  assert.equal(await statusOf(dial(hub, '/test/portal', { origin, cookie })), 101);
  await hub.ask({ method: 'DELETE', path: '/api/session', headers: { cookie } });
  assert.equal(await statusOf(dial(hub, '/test/portal', { origin, cookie })), 401);
});

test('an agent brings no origin, since only pages have one', async (t) => {
  const { hub } = await setUp(t);
  assert.equal(await statusOf(dial(hub, '/test/agent')), 101);
  for (const origin of [hub.origin, 'null', 'https://evil.test'])
    assert.equal(await statusOf(dial(hub, '/test/agent', { origin })), 403);
});

test('another host is 421 and an unknown path 404, in any spelling', async (t) => {
  const { hub } = await setUp(t);
  assert.equal(await statusOf(dial(hub, '/test/agent', { host: 'evil.test' })), 421);
  for (const path of ['/', '/test/agent/', '/TEST/agent', '/test%2fagent', '/api/session'])
    assert.equal(await statusOf(dial(hub, path)), 404, path);
});

test('a message that is too large closes its own connection, and compression is never agreed', async (t) => {
  const { hub } = await setUp(t);
  const socket = dial(hub, '/test/agent');
  await once(socket, 'open');
  assert.equal(socket.extensions, '');
  socket.send('x'.repeat(65));
  const [code] = await once(socket, 'close');
  assert.equal(code, 1009);
  assert.equal(await statusOf(dial(hub, '/test/agent')), 101);
});

test('agents that say nothing lose their places by lot, those that came in keep them', async (t) => {
  const { hub, pending } = await setUp(t);
  const first = dial(hub, '/test/agent');
  await once(first, 'open');
  pending[0]?.done();
  let dropped = 0;
  const silent = Array.from({ length: 515 }, () => dial(hub, '/test/agent'));
  t.after(() => {
    for (const socket of silent) socket.terminate();
  });
  await new Promise<void>((resolve) => {
    for (const socket of silent) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        dropped += 1;
        if (dropped === 3) resolve();
      });
    }
  });
  assert.equal(first.readyState, WebSocket.OPEN);
  first.terminate();
});

test('one user has a bounded number of sockets, and the others have theirs', async (t) => {
  const { hub } = await setUp(t);
  const [cookie, other] = [await hub.signIn(), await hub.signIn('bob', 'viewer')];
  const { origin } = hub;
  const open = Array.from({ length: 512 }, () => dial(hub, '/test/portal', { cookie, origin }));
  t.after(() => {
    for (const socket of open) socket.terminate();
  });
  for (const socket of open) if (socket.readyState !== WebSocket.OPEN) await once(socket, 'open');
  assert.equal(await statusOf(dial(hub, '/test/portal', { cookie, origin })), 429);
  assert.equal(await statusOf(dial(hub, '/test/portal', { cookie: other, origin })), 101);
});

test('closing the hub ends every socket, also one that has not said anything yet', async (t) => {
  const { hub } = await setUp(t);
  const silent = connect(hub.port, '127.0.0.1');
  await once(silent, 'connect');
  const gone = once(silent, 'close');
  silent.resume();
  const socket = dial(hub, '/test/agent');
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await hub.hub.close();
  await Promise.all([closed, gone]);
});
