import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DefaultHttpStack, type DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';

const house = await House.start();
after(() => house.close());
const { id, agent } = await house.device('desk');
const api = await house.signIn('oli');
const folder = house.keep(new TempDir()).path;
const endpoint = `${house.hub.url}/api/devices/${id}/files/uploads`;
const CONTENT = randomBytes(12_000_000);
const sockets = new Agent({ rejectUnauthorized: false });
after(() => sockets.destroy());

interface Sending extends Partial<UploadOptions> {
  name: string;
  content?: Buffer;
  conflict?: string;
}

/** An upload by the client that the portal uses; resolves when it is done. */
function send({ name, content = CONTENT, conflict = 'fail', ...options }: Sending) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const upload = new Upload(content, {
    endpoint,
    headers: { cookie: api.cookie },
    metadata: { folder, name, conflict, modified: '1700000000000' },
    httpStack: new DefaultHttpStack({ agent: sockets, rejectUnauthorized: false }),
    onSuccess: () => resolve(),
    onError: reject,
    ...options,
  });
  upload.start();
  return { upload, done: promise };
}

/** The code of the refusal that ended an upload. */
async function refusal(done: Promise<void>): Promise<string> {
  const error = await done.then(
    () => undefined,
    (reason: DetailedError) => reason,
  );
  return JSON.parse(error?.originalResponse?.getBody() ?? '{}').code;
}

function received(name: string): Buffer {
  return readFileSync(join(folder, name));
}

test('a file arrives as it is, with its time, whatever its name', async () => {
  const name = 'sub/a \u202e\n “b”.bin';
  await send({ name }).done;
  assert.ok(received(name).equals(CONTENT));
  assert.equal(Math.round(statSync(join(folder, name)).mtimeMs), 1_700_000_000_000);
  await send({ name: 'small', content: Buffer.from('x'), uploadDataDuringCreation: true }).done;
  await send({ name: 'empty', content: Buffer.alloc(0) }).done;
  assert.deepEqual([received('small').toString(), received('empty').toString()], ['x', '']);
});

test('parts of any size make the whole', async () => {
  await send({ name: 'parts.bin', chunkSize: 777_777 }).done;
  assert.ok(received('parts.bin').equals(CONTENT));
});

test('a name that is taken is treated as was wished', async () => {
  const one = Buffer.from('one');
  const two = Buffer.from('two');
  await send({ name: 'taken', content: one }).done;
  assert.equal(await refusal(send({ name: 'taken', content: two, retryDelays: [] }).done), 'file.exists');
  await send({ name: 'taken', content: two, conflict: 'skip' }).done;
  assert.equal(received('taken').toString(), 'one');
  await send({ name: 'taken', content: two, conflict: 'replace' }).done;
  assert.equal(received('taken').toString(), 'two');
  await send({ name: 'taken', content: one, conflict: 'rename' }).done;
  assert.equal(readdirSync(folder).filter((name) => name.startsWith('taken')).length, 2);
});

/** Begins, and breaks off once some of it has arrived; answers where to go on. */
async function begun(name: string): Promise<string> {
  const some = Promise.withResolvers<void>();
  const sending = send({
    name,
    chunkSize: 2_000_000,
    onChunkComplete: (_size, accepted) => accepted > 5_000_000 && some.resolve(),
  });
  sending.done.catch(() => undefined);
  await some.promise;
  await sending.upload.abort();
  return sending.upload.url ?? '';
}

test('what was broken off goes on after a restart of the hub, and of the device', async () => {
  const [overHub, overAgent] = [await begun('hub.bin'), await begun('agent.bin')];
  await house.hub.restart();
  await agent.restart();
  await eventually(
    'the device is back',
    async () => (await api.request('GET', `/api/devices/${id}/files/places`)).status === 200,
    45_000,
  );
  for (const [name, uploadUrl] of [
    ['hub.bin', overHub],
    ['agent.bin', overAgent],
  ] as const) {
    let first: number | undefined;
    await send({
      name,
      uploadUrl,
      onProgress: (sent) => {
        first ??= sent;
      },
    }).done;
    assert.ok((first ?? 0) >= 5_000_000, 'it did not begin anew');
    assert.ok(received(name).equals(CONTENT));
  }
});

test('a device that is killed in the middle keeps what it has, and the client goes on by itself', async () => {
  let killed = false;
  const onProgress = (sent: number) => {
    if (killed || sent < 3_000_000) return;
    killed = true;
    agent.kill('SIGKILL');
    void agent.restart();
  };
  const retryDelays = Array.from({ length: 60 }, () => 500);
  await send({ name: 'killed.bin', chunkSize: 500_000, onProgress, retryDelays }).done;
  assert.equal(killed, true);
  assert.ok(received('killed.bin').equals(CONTENT));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
    'it did not begin anew',
  );
});

test('nothing is left of what was taken back', async () => {
  const url = await begun('gone.bin');
  const { status } = await api.request('DELETE', new URL(url).pathname, { headers: { 'tus-resumable': '1.0.0' } });
  assert.equal(status, 204);
  assert.equal(existsSync(join(folder, 'gone.bin')), false);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('a wrong hash leaves nothing under the name', async () => {
  const metadata = { folder, name: 'wrong.bin', conflict: 'fail', sha256: '0'.repeat(64) };
  assert.equal(await refusal(send({ name: 'wrong.bin', metadata, retryDelays: [] }).done), 'upload.wrong-hash');
  assert.equal(existsSync(join(folder, 'wrong.bin')), false);
});
