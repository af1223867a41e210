import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { testServer } from '../../testing/testServer.ts';
import { route } from './route.ts';

const LIMIT_MS = 30_000;

/** A server with one route, whose clock stands still; answers how to send it a request whose body never comes. */
async function setUp(t: TestContext, streams: boolean) {
  const { app } = await testServer(t);
  let answer: (() => void) | undefined;
  const handler = () => new Promise<object>((resolve) => (answer = () => resolve({})));
  route(app, { method: 'POST', url: '/x', right: 'public', summary: '', streams, handler });
  if (streams) app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return { sent: begin(app, streams), answer: () => answer?.() };
}

function begin(app: FastifyInstance, streams: boolean) {
  const type = streams ? 'application/octet-stream' : 'application/json';
  const headers = { host: 'hub.test', 'content-type': type, 'content-length': '100' };
  const { port } = app.server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, path: '/x', method: 'POST', rejectUnauthorized: false, headers });
  sent.write('{');
  return sent;
}

test('a body that does not come ends its connection', async (t) => {
  const { sent } = await setUp(t, false);
  await once(sent, 'socket');
  const failed = once(sent, 'error');
  const pulse = setInterval(() => t.mock.timers.tick(LIMIT_MS), 50);
  t.after(() => clearInterval(pulse));
  const [error] = await failed;
  assert.equal(error.code, 'ECONNRESET');
});

test('a stream may take its time, until it was answered', async (t) => {
  const { sent, answer } = await setUp(t, true);
  const response = once(sent, 'response');
  let waits = 0;
  const pulse = setInterval(() => {
    waits++;
    t.mock.timers.tick(LIMIT_MS);
    if (waits === 5) answer();
  }, 50);
  t.after(() => clearInterval(pulse));
  const [answered] = await response;
  assert.equal(answered.statusCode, 200);
  answered.resume();
  assert.ok(waits >= 5);
  sent.on('error', () => undefined);
  await once(sent, 'close');
});
