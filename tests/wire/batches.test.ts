import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_TYPE, type BatchResult, type BatchResults, batchHead } from '@porthole/protocol';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';

interface File {
  id?: string;
  name: string;
  content: Buffer;
}

const house = await House.start();
after(() => house.close());
const { id, agent } = await house.device('desk');
const api = await house.signIn('oli');
const path = `/api/devices/${id}/files/batches`;
const newFolder = () => house.keep(new TempDir()).path;
const done: BatchResult = { state: 'done' };

function bodyOf(folder: string, files: readonly File[]): Buffer {
  const asked = files.map(({ content, ...file }) => ({ ...file, size: content.byteLength, conflict: 'fail' as const }));
  return Buffer.concat([batchHead({ folder, files: asked }), ...files.map(({ content }) => content)]);
}

async function send(body: Buffer, by: ApiClient = api, type = BATCH_TYPE): Promise<number | BatchResult[]> {
  const answer = await by.request('POST', path, { body, headers: { 'content-type': type } });
  return answer.status === 200 ? answer.json<BatchResults>().results : answer.status;
}

function filesOf(count: number, size = 3_000): File[] {
  return Array.from({ length: count }, (_, at) => ({
    id: randomBytes(16).toString('hex'),
    name: `in ${at % 3}/ü ${at}`,
    content: randomBytes(size),
  }));
}

function read(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : [],
  );
}

test('a batch arrives in one request, and what is taken is told of each file', async () => {
  const folder = newFolder();
  const files = filesOf(200);
  assert.deepEqual(
    await send(bodyOf(folder, files)),
    files.map(() => done),
  );
  for (const { name, content } of files) assert.ok(readFileSync(join(folder, name)).equals(content));
  const other = { name: 'in 0/ü 0', content: Buffer.from('other') };
  const results = await send(bodyOf(folder, [other, { ...other, name: 'new' }]));
  assert.deepEqual(results, [{ state: 'failed', error: 'file.exists' }, done]);
});

test('who may not write, and what is no batch, changes nothing', async () => {
  const folder = newFolder();
  const body = bodyOf(folder, filesOf(2));
  assert.equal(await send(body, await house.signIn('vic')), 404);
  assert.equal(await send(body, api, 'application/json'), 400);
  assert.equal(await send(body.subarray(0, 40)), 400);
  assert.equal(await send(body.subarray(0, body.byteLength - 1)), 400);
  assert.equal(await send(Buffer.concat([body, Buffer.of(0)])), 413);
  assert.deepEqual(read(folder), []);
});

test('a batch whose browser is gone leaves nothing', async () => {
  const folder = newFolder();
  const body = bodyOf(folder, filesOf(100));
  const headers = { cookie: api.cookie, 'content-type': BATCH_TYPE, 'content-length': body.byteLength };
  const sent = request(new URL(path, house.hub.url), { method: 'POST', headers, rejectUnauthorized: false });
  sent.on('error', () => undefined);
  await new Promise<void>((resolve) => void sent.write(body.subarray(0, 200_000), () => resolve()));
  sent.destroy();
  assert.deepEqual(await send(bodyOf(folder, [{ name: 'after', content: Buffer.of(1) }])), [done]);
  assert.deepEqual(read(folder), ['after']);
});

test('of batches whose device is killed every file is whole or absent, and sent again all are there', async () => {
  const folder = newFolder();
  const batches = Array.from({ length: 6 }, (_, at) =>
    filesOf(150).map((file) => ({ ...file, name: `${at}/${file.name}` })),
  );
  const sending = batches.map((files) => send(bodyOf(folder, files)));
  await eventually('some have arrived', () => read(folder).some((name) => !name.includes('.porthole-')));
  agent.kill('SIGKILL');
  const answers = await Promise.all(sending);
  const contents = new Map(batches.flat().map(({ name, content }) => [name, content]));
  for (const name of read(folder).filter((each) => !each.includes('.porthole-'))) {
    assert.ok(contents.get(name)?.equals(readFileSync(join(folder, name))), name);
  }
  await agent.restart();
  await eventually('what was in the making is gone', () => !read(folder).some((name) => name.includes('.porthole-')));
  for (const [at, files] of batches.entries()) {
    const missing = files.filter(({ name }) => !read(folder).includes(name));
    // What was acknowledged is there.
    if (Array.isArray(answers[at])) assert.equal(missing.length, 0);
    while (missing.length > 0 && !Array.isArray(await send(bodyOf(folder, missing)))) await sleep(200);
  }
  for (const [name, content] of contents) assert.ok(readFileSync(join(folder, name)).equals(content), name);
});
