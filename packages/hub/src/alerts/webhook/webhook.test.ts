import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { type WebhookBody, webhookBody } from '@porthole/protocol';
import { pino } from 'pino';
import { Audit } from '../../audit/audit.ts';
import { openDatabase } from '../../base/db/database.ts';
import { type Cleanup, closingAfter, temporaryFolder } from '../../testing/temporaryFolder.ts';
import { Webhook, type WebhookParts } from './webhook.ts';

const RAISED: WebhookBody = { event: 'raised', device: { id: 'a'.repeat(26), name: 'desk' }, alert: null };

/** A real server on this machine that notes what is posted to it; `answer` ends each request. */
async function listener(t: Cleanup) {
  const heard: { url: string | undefined; body: WebhookBody; host: string | undefined }[] = [];
  let [open, atOnce] = [0, 0];
  const hook = {
    heard,
    url: '',
    atOnce: () => atOnce,
    answer: ((_, reply) => reply.end()) as (request: IncomingMessage, reply: ServerResponse) => unknown,
  };
  const server = createServer(async (request, reply) => {
    atOnce = Math.max(atOnce, ++open);
    reply.once('close', () => open--);
    const body = webhookBody.parse(JSON.parse(await text(request)));
    heard.push({ url: request.url, body, host: request.headers.host });
    hook.answer(request, reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts?key=1`;
  return hook;
}

function openWebhook(t: Cleanup, options: Partial<WebhookParts> = {}) {
  const closing = closingAfter(t);
  const db = closing.add(openDatabase(temporaryFolder(t)));
  const audit = new Audit(db);
  const log = pino({ level: 'silent' });
  const start = (more: Partial<WebhookParts> = {}) =>
    closing.add(new Webhook({ db, audit, log, retryMs: [1, 1], ...options, ...more }));
  return {
    webhook: start(),
    start,
    audit,
    waiting: () => db.all(db.sql.selectFrom('webhookQueue').selectAll()).length,
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('alerts are posted in their order, one at a time, until each was taken', async (t) => {
  const hook = await listener(t);
  const { webhook, waiting } = openWebhook(t);
  await webhook.set({ url: hook.url }, 'ada');
  let refusals = 2;
  hook.answer = (_, reply) => {
    if (refusals-- > 0) reply.statusCode = 503;
    setTimeout(() => reply.end(), 5);
  };
  for (const name of ['one', 'two', 'three']) webhook.add({ ...RAISED, device: { id: 'a'.repeat(26), name } });
  await until(() => waiting() === 0);
  assert.deepEqual(
    hook.heard.map(({ body }) => body.device?.name),
    ['one', 'one', 'one', 'two', 'three'],
  );
  assert.deepEqual([hook.heard[0]?.url, hook.atOnce()], ['/alerts?key=1', 1]);
});

test('what nobody takes is given up after some tries, and the next one goes on', async (t) => {
  const hook = await listener(t);
  const { webhook, waiting } = openWebhook(t);
  await webhook.set({ url: hook.url }, 'ada');
  hook.answer = (_, reply) => {
    if (hook.heard.length <= 3) reply.statusCode = 500;
    reply.end();
  };
  for (const name of ['lost', 'heard']) webhook.add({ ...RAISED, device: { id: 'a'.repeat(26), name } });
  await until(() => waiting() === 0);
  assert.deepEqual(
    hook.heard.map(({ body }) => body.device?.name),
    ['lost', 'lost', 'lost', 'heard'],
  );
});

test('what was not told when the hub ended is told after its next start', async (t) => {
  const hook = await listener(t);
  const { webhook, start, waiting } = openWebhook(t);
  await webhook.set({ url: hook.url }, 'ada');
  webhook.add(RAISED);
  webhook.close();
  assert.equal(waiting(), 1);
  start();
  await until(() => waiting() === 0);
  assert.equal(hook.heard.length, 1);
});

test('only so much waits, and nothing does where nobody is told', async (t) => {
  const { webhook, waiting } = openWebhook(t, { resolve: async () => ['127.0.0.1'], retryMs: [100_000] });
  webhook.add(RAISED);
  assert.equal(waiting(), 0);
  await webhook.set({ url: 'http://gone.lan:1/' }, 'ada');
  for (let n = 0; n < 250; n++) webhook.add(RAISED);
  assert.equal(waiting(), 200);
});

test('a test message tells what came of it, and is in the log', async (t) => {
  const hook = await listener(t);
  const { webhook, audit } = openWebhook(t);
  await assert.rejects(webhook.test('ada'), { code: 'webhook.unset' });
  await webhook.set({ url: hook.url }, 'ada');
  assert.deepEqual(await webhook.test('ada'), { ok: true, status: 200 });
  assert.equal(hook.heard[0]?.body.event, 'test');
  hook.answer = (_, reply) => reply.writeHead(404).end('<script>');
  assert.deepEqual(await webhook.test('ada'), { ok: false, status: 404, reason: 'It answered 404.' });
  assert.equal(audit.read()[0]?.detail, JSON.stringify(new URL(hook.url).origin), 'without what may be secret');
  assert.deepEqual(
    audit.read().map(({ action }) => action),
    ['settings.webhook', 'webhook.test', 'webhook.test'],
  );
});

test('redirects are not followed', async (t) => {
  const [hook, target] = [await listener(t), await listener(t)];
  const { webhook } = openWebhook(t);
  await webhook.set({ url: hook.url }, 'ada');
  hook.answer = (_, reply) => reply.writeHead(307, { location: target.url }).end();
  const result = await webhook.test('ada');
  assert.deepEqual([result.ok, result.status], [false, 307]);
  assert.equal(target.heard.length, 0);
});

test('addresses that are not of the own network are refused when they are set, and when a name comes to mean one', async (t) => {
  const hook = await listener(t);
  const names: Record<string, string> = { 'hook.lan': '127.0.0.1', 'public.example': '203.0.113.5' };
  const resolve = async (name: string) => [names[name] ?? ''];
  const { webhook } = openWebhook(t, { resolve });
  for (const url of ['http://203.0.113.5/', 'https://[2001:db8::1]/', 'http://public.example/'])
    await assert.rejects(webhook.set({ url }, 'ada'), { code: 'webhook.outside' });
  assert.equal(webhook.setting.url, null);
  const { port } = new URL(hook.url);
  await webhook.set({ url: `http://hook.lan:${port}/` }, 'ada');
  assert.equal((await webhook.test('ada')).ok, true);
  assert.equal(hook.heard[0]?.host, `hook.lan:${port}`, 'the name that was set, at the address that it has');
  names['hook.lan'] = '203.0.113.5';
  assert.deepEqual(await webhook.test('ada'), { ok: false, reason: 'Only addresses of the own network are called.' });
  assert.equal(hook.heard.length, 1);
});

test('who does not answer is not waited for', async (t) => {
  const hook = await listener(t);
  const { webhook } = openWebhook(t, { timeoutMs: 50 });
  await webhook.set({ url: hook.url }, 'ada');
  hook.answer = () => undefined;
  assert.deepEqual(await webhook.test('ada'), { ok: false, reason: 'It did not answer in time.' });
  await webhook.set({ url: 'http://127.0.0.1:1/' }, 'ada');
  assert.match((await webhook.test('ada')).reason ?? '', /ECONNREFUSED/);
});
