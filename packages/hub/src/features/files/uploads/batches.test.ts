import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_TYPE, batchHead, type UploadBatch } from '@porthole/protocol';
import { ask, fileHub } from '../../../testing/fileHub.ts';

const BATCH: UploadBatch = {
  folder: '/home',
  files: ['a', 'b\n', 'c'].map((name) => ({ name, size: 4, conflict: 'replace' as const })),
};
const BODY = Buffer.concat([batchHead(BATCH), Buffer.from('one two four')]);
const headers = { 'content-type': BATCH_TYPE };

test('each file of a batch is in the log before its device is asked, and the content follows the question', async (t) => {
  const hub = await fileHub(t);
  const logged = () => hub.audit.read().filter(({ action }) => action === 'files.upload');
  const asked: unknown[] = [];
  hub.device.serve = async (channel) => {
    asked.push(channel.operation, channel.ask, logged().length, String(await channel.content()));
    await channel.done({ results: BATCH.files.map(() => ({ state: 'done' })) });
  };
  const reply = await ask(hub, 'POST', '/batches', { headers, body: BODY });
  assert.deepEqual([reply.status, reply.json], [200, { results: BATCH.files.map(() => ({ state: 'done' })) }]);
  assert.deepEqual(asked, ['takeMany', BATCH, 3, 'one two four']);
  assert.deepEqual(
    logged().map(({ detail }) => JSON.parse(detail).name),
    ['a', 'b\\u{000a}', 'c'],
  );
});

test('what the device says of a batch has to make sense', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    await channel.content();
    await channel.done({ results: [{ state: 'eaten' }] });
  };
  assert.equal((await ask(hub, 'POST', '/batches', { headers, body: BODY })).json?.code, 'message.invalid');
});

test('nobody is asked, and nothing is logged, of a batch that makes no sense or may not be sent', async (t) => {
  const hub = await fileHub(t);
  const before = hub.audit.read().length;
  hub.device.serve = async () => assert.fail('asked');
  const broken = Buffer.concat([Buffer.of(0, 0, 0, 2), Buffer.from('{}')]);
  assert.equal((await ask(hub, 'POST', '/batches', { headers, body: broken })).status, 400);
  assert.equal((await ask(hub, 'POST', '/batches', { headers, body: BODY, role: 'viewer' })).status, 404);
  const uploads = hub.audit.read().slice(before);
  assert.ok(uploads.every(({ action }) => action !== 'files.upload'));
});
