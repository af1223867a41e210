import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type DeviceFacts, type ErrorCode, type ProcessRow, processNews } from '@porthole/protocol';
import { startAgent } from '../support/agent.ts';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { deviceOf, House } from './house.ts';

const house = await House.start();
after(() => house.close());
const folder = new TempDir();
after(() => folder.close());
const did = join(folder.path, 'did');
// Stand in for what the system has: nothing here may ever end the machine of the test.
for (const name of ['lock', 'sleep', 'restart']) {
  const status = name === 'sleep' ? 1 : 0;
  writeFileSync(join(folder.path, name), `#!/bin/sh\necho ${name} >> ${did}\nexit ${status}\n`, { mode: 0o755 });
}
const env = { PORTHOLE_POWER_PROGRAMS: folder.path };
house.keep(await startAgent({ hub: house.hub, display: 'fake', name: 'desk', env }));
const ann = await house.signIn();
const id = await eventually('the device is online', async () => {
  const device = await deviceOf(ann, 'desk');
  return device?.online ? device.id : undefined;
});

let next = 0;
function freshId(): string {
  return String(++next).padStart(22, '0');
}

/** 'done', or the code of the refusal. */
async function post(api: ApiClient, path: string, body: object): Promise<ErrorCode | 'done'> {
  const reply = await api.request('POST', `/api/devices/${id}/${path}`, { body });
  return reply.status === 204 ? 'done' : reply.json<{ code: ErrorCode }>().code;
}

function done(): string[] {
  return existsSync(did) ? readFileSync(did, 'utf8').trim().split('\n') : [];
}

test('a machine does what its facts offer, once for each id, and nothing else', async () => {
  const facts = await eventually('the facts are there', async () => {
    const reply = await ann.request('GET', `/api/devices/${id}/facts`);
    return reply.status === 200 ? reply.json<DeviceFacts>() : undefined;
  });
  assert.deepEqual([...facts.power].sort(), ['lock', 'restart', 'sleep']);
  const lock = { id: freshId(), action: 'lock' };
  for (let n = 0; n < 3; n++) assert.equal(await post(ann, 'power', lock), 'done');
  await eventually('it is locked', () => done().length > 0);
  assert.equal(await post(ann, 'power', { id: freshId(), action: 'restart' }), 'done');
  assert.equal(await post(ann, 'power', { id: freshId(), action: 'shutDown' }), 'power.unsupported');
  assert.equal(await post(ann, 'power', { id: freshId(), action: 'sleep' }), 'power.failed');
  assert.equal(await post(await house.signIn('vic'), 'power', { id: freshId(), action: 'lock' }), 'not-found');
  await eventually('all was asked for', () => done().length === 3);
  assert.deepEqual(done().sort(), ['lock', 'restart', 'sleep']);
});

/** What everybody sees of a process of the test. */
async function rowOf(child: ChildProcess): Promise<ProcessRow> {
  const portal = await house.portal('oli');
  const channel = await portal.open(id, 'stats', { operation: 'processes', intervalMs: 500 });
  return await eventually('the process is listed', () => {
    const rows = channel.texts.flatMap((text) => processNews.parse(JSON.parse(text)).rows);
    return rows.find(({ pid }) => pid === child.pid);
  });
}

test('a process is ended only while it is the one that was meant', async () => {
  const child = spawn('sleep', ['1000']);
  after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const row = await rowOf(child);
  assert.equal(row.name, 'sleep');
  const path = `processes/${row.pid}/end`;
  const body = { kill: false, self: false };
  assert.equal(await post(ann, path, { ...body, id: freshId(), started: row.started - 60_000 }), 'process.gone');
  assert.equal(child.exitCode, null);
  assert.equal(await post(ann, path, { ...body, id: freshId(), started: row.started }), 'done');
  assert.deepEqual(await ended, [null, 'SIGTERM']);
  assert.equal(await post(ann, path, { ...body, id: freshId(), started: row.started }), 'process.gone');
});
