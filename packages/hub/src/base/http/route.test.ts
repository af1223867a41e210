import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { testServer } from '../../testing/testServer.ts';
import { route } from './route.ts';

const DEVICE = 'a'.repeat(26);

/** Status and code of an answer. */
async function ask(app: FastifyInstance, path: string, cookie?: string) {
  const answer = await app.inject({ url: path, headers: { host: 'hub.test', ...(cookie && { cookie }) } });
  return [answer.statusCode, answer.body ? answer.json().code : undefined];
}

test('a route that names no right does not come up, and neither does one with an unknown right', async (t) => {
  const { app } = await testServer(t);
  assert.throws(() => app.get('/open', () => ''), /GET \/open names no right/);
  assert.throws(() => app.get('/odd', { config: { right: 'everything' as 'public' } }, () => ''), /names no right/);
  assert.throws(() => app.get('/x', { config: { right: 'view' } }, () => ''), /names no device/);
});

test('a stranger is asked to sign in, and what a user may not do looks absent', async (t) => {
  const { app } = await testServer(t);
  route(app, { method: 'GET', url: '/d/:id', right: 'control', summary: '', handler: () => ({}) });
  route(app, { method: 'GET', url: '/admin', right: 'admin', summary: '', handler: () => ({}) });
  route(app, { method: 'GET', url: '/me', right: 'session', summary: '', handler: ({ subject }) => subject });
  assert.deepEqual(await ask(app, `/d/${DEVICE}`), [401, 'auth.required']);
  assert.deepEqual(await ask(app, `/d/${DEVICE}`, 'viewer'), [404, 'not-found']);
  assert.deepEqual(await ask(app, `/d/${DEVICE}`, 'operator'), [200, undefined]);
  assert.deepEqual(await ask(app, '/d/nonsense', 'admin'), [404, 'not-found']);
  assert.deepEqual(await ask(app, '/admin', 'operator'), [404, 'not-found']);
  assert.deepEqual(await ask(app, '/admin', 'admin'), [200, undefined]);
  assert.deepEqual(await ask(app, '/me'), [401, 'auth.required']);
  assert.deepEqual(await ask(app, '/me', 'viewer'), [200, undefined]);
  assert.deepEqual(await ask(app, '/nowhere'), [404, 'not-found']);
});

test('HEAD needs the same right as GET', async (t) => {
  const { app } = await testServer(t);
  route(app, { method: 'GET', url: '/admin', right: 'admin', summary: '', handler: () => ({}) });
  const answer = await app.inject({ method: 'HEAD', url: '/admin', headers: { host: 'hub.test' } });
  assert.equal(answer.statusCode, 401);
});

test('body and query are checked, and the answer names the field but never the value', async (t) => {
  const { app } = await testServer(t);
  const body = z.strictObject({ secret: z.string().max(3) });
  const query = z.strictObject({ page: z.coerce.number().int() });
  route(app, { method: 'POST', url: '/p', right: 'public', summary: '', body, handler: (call) => call.body });
  route(app, { method: 'GET', url: '/q', right: 'public', summary: '', query, handler: (call) => call.query });
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/p', payload, headers: { host: 'hub.test', 'content-type': type } });
  assert.deepEqual((await post('{"secret":"abc"}')).json(), { secret: 'abc' });
  const wrong = await post('{"secret":"hunter2"}');
  assert.equal(wrong.statusCode, 400);
  assert.match(wrong.body, /'secret' of the body/);
  assert.doesNotMatch(wrong.body, /hunter2/);
  for (const payload of ['{"secret":"a","more":1}', '[]', 'null', '{', '', '{"__proto__":{"secret":"a"}}'])
    assert.equal((await post(payload)).json().code, 'request.invalid', payload);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])
    assert.equal((await post('{"secret":"abc"}', type)).json().code, 'request.media-type', type);
  assert.equal((await post(JSON.stringify({ secret: 'x'.repeat(70_000) }))).json().code, 'request.too-large');
  assert.deepEqual((await app.inject({ url: '/q?page=3', headers: { host: 'hub.test' } })).json(), { page: 3 });
  assert.deepEqual(await ask(app, '/q?page=x'), [400, 'request.invalid']);
});

test('an error that nobody foresaw is told as such and no more', async (t) => {
  const { app } = await testServer(t);
  const handler = () => {
    throw new Error('the password is hunter2');
  };
  route(app, { method: 'GET', url: '/x', right: 'public', summary: '', handler });
  const answer = await app.inject({ url: '/x', headers: { host: 'hub.test' } });
  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'internal']);
  assert.doesNotMatch(answer.body, /hunter2/);
});

test('nothing to say is answered with 204', async (t) => {
  const { app } = await testServer(t);
  route(app, { method: 'DELETE', url: '/x', right: 'public', summary: '', handler: () => undefined });
  const answer = await app.inject({ method: 'DELETE', url: '/x', headers: { host: 'hub.test' } });
  assert.deepEqual([answer.statusCode, answer.body], [204, '']);
});

test('the API description lists the routes with their schemas and rights', async (t) => {
  const { app } = await testServer(t);
  const name = z.strictObject({ name: z.string().max(5) });
  route(app, {
    method: 'PATCH',
    url: '/d/:id',
    right: 'admin',
    summary: 'Renames.',
    body: name,
    reply: name,
    handler: () => ({}),
  });
  const document = (await app.inject({ url: '/api/openapi.json', headers: { host: 'hub.test' } })).json();
  assert.equal(document.openapi, '3.1.0');
  const operation = document.paths['/d/{id}'].patch;
  assert.equal(operation.summary, 'Renames.');
  assert.equal(operation['x-right'], 'admin');
  assert.deepEqual(operation.parameters, [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]);
  assert.equal(operation.requestBody.content['application/json'].schema.properties.name.maxLength, 5);
  assert.equal(operation.requestBody.content['application/json'].schema.additionalProperties, false);
});
