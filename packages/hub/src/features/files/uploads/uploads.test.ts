import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceChannel } from '../../../testing/fileDevice.ts';
import { ask, type FileHub, fileHub, type Reply } from '../../../testing/fileHub.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const PART = { ...TUS, 'content-type': 'application/offset+octet-stream' };
const CONTENT = Buffer.from('0123456789'.repeat(30_000));
const SIZE = CONTENT.byteLength;

interface Kept {
  size: number;
  bytes: Buffer;
}

/** What a device does with uploads, in memory. */
class Drive {
  readonly kept = new Map<string, Kept>();
  readonly done = new Map<string, Buffer>();

  serve = async (channel: DeviceChannel): Promise<void> => {
    const { id, name, size, offset } = channel.ask as { id: string; name: string; size: number; offset: number };
    if (channel.operation === 'take') return await this.#take(channel, size);
    if (channel.operation === 'begin') {
      if (this.done.has(name)) throw new Error('file.exists');
      this.kept.set(id, { size, bytes: Buffer.alloc(0) });
    }
    if (channel.operation === 'cancel') {
      this.kept.delete(id);
      return await channel.done({});
    }
    const upload = this.kept.get(id);
    if (!upload) throw new Error('upload.unknown');
    if (channel.operation === 'write') await this.#write(channel, upload, offset);
    const isDone = channel.operation === 'write' && upload.bytes.byteLength === upload.size;
    if (isDone) this.done.set(id, upload.bytes);
    await channel.done({ offset: upload.bytes.byteLength, state: isDone ? 'done' : 'receiving' });
  };

  async #take(channel: DeviceChannel, size: number): Promise<void> {
    const content = await channel.content();
    if (content?.byteLength !== size) return;
    this.done.set(`request ${channel.id}`, content);
    await channel.done({ offset: size, state: 'done' });
  }

  async #write(channel: DeviceChannel, upload: Kept, offset: number): Promise<void> {
    if (offset !== upload.bytes.byteLength) throw new Error('upload.offset');
    for (let message = await channel.next(); message && message.type !== 'done'; message = await channel.next()) {
      if (message.type === 'bytes') upload.bytes = Buffer.concat([upload.bytes, message.bytes]);
    }
  }
}

async function withDrive(t: TestContext): Promise<{ hub: FileHub; drive: Drive }> {
  const hub = await fileHub(t);
  const drive = new Drive();
  hub.device.serve = drive.serve;
  return { hub, drive };
}

function metadata(name = 'a.bin'): string {
  const pair = (key: string, value: string) => `${key} ${Buffer.from(value).toString('base64')}`;
  return [pair('folder', '/home'), pair('name', name), pair('conflict', 'fail')].join(',');
}

/** Begins an upload; answers where it is. */
async function create(hub: FileHub, size = SIZE, role = 'operator'): Promise<string> {
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata() };
  const { status, headers: answer } = await ask(hub, 'POST', '/uploads', { headers, role });
  assert.equal(status, 201);
  return String(answer.location);
}

function patch(hub: FileHub, location: string, offset: number, body: Buffer): Promise<Reply> {
  return ask(hub, 'PATCH', location, { headers: { ...PART, 'upload-offset': String(offset) }, body });
}

function look(hub: FileHub, location: string, role = 'operator'): Promise<Reply> {
  return ask(hub, 'HEAD', location, { headers: TUS, role });
}

test('a file is uploaded in parts, and the hub says at each point how far it is', async (t) => {
  const { hub, drive } = await withDrive(t);
  const location = await create(hub);
  assert.match(location, /^\/api\/devices\/a+\/files\/uploads\/[\w-]{22}$/);
  const half = SIZE / 2;
  const first = await patch(hub, location, 0, CONTENT.subarray(0, half));
  assert.deepEqual([first.status, first.headers['upload-offset']], [204, String(half)]);
  assert.ok(Date.parse(String(first.headers['upload-expires'])) > Date.now());
  const { headers } = await look(hub, location);
  assert.deepEqual([headers['upload-offset'], headers['upload-length']], [String(half), String(SIZE)]);
  assert.equal(headers['upload-metadata'], metadata());
  assert.equal(headers['tus-resumable'], '1.0.0');
  const last = await patch(hub, location, half, CONTENT.subarray(half));
  assert.deepEqual([last.status, last.headers['porthole-upload-state']], [204, 'done']);
  assert.deepEqual([...drive.done.values()][0], CONTENT);
  assert.equal(
    (await look(hub, location)).headers['upload-offset'],
    String(SIZE),
    'known for a day, for pages that ask late',
  );
  assert.equal(hub.audit.read().filter(({ action }) => action === 'files.upload').length, 1);
});

test('a small file takes one request, and an empty one no content', async (t) => {
  const { hub, drive } = await withDrive(t);
  const headers = { ...PART, 'upload-length': String(SIZE), 'upload-metadata': metadata() };
  const whole = await ask(hub, 'POST', '/uploads', { headers, body: CONTENT });
  assert.deepEqual([whole.status, whole.headers['upload-offset']], [201, String(SIZE)]);
  assert.equal(whole.headers['porthole-upload-state'], 'done');
  await create(hub, 0);
  assert.deepEqual([...drive.done.values()], [CONTENT, Buffer.alloc(0)]);
});

test('a whole file is in the log before the device is asked, and is one question', async (t) => {
  const { hub, drive } = await withDrive(t);
  const rows = () => hub.audit.read().filter(({ action }) => action === 'files.upload').length;
  const seen: number[] = [];
  hub.device.serve = async (channel) => {
    seen.push(rows());
    await drive.serve(channel);
  };
  const send = (name: string) => {
    const headers = { ...PART, 'upload-length': String(SIZE), 'upload-metadata': metadata(name) };
    return ask(hub, 'POST', '/uploads', { headers, body: CONTENT });
  };
  const answers = await Promise.all(['a', 'b', 'c'].map(send));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201],
  );
  assert.equal(hub.device.channels.length, 3);
  assert.ok(seen.every((count, at) => count > at));
  assert.deepEqual([rows(), hub.audit.verifyChain().ok], [3, true]);
});

test('a device that wants nothing of a file answers before it came, and is sent no more', async (t) => {
  const { hub } = await withDrive(t);
  const size = 8 * 1024 * 1024;
  hub.device.serve = (channel) => channel.done({ offset: size, state: 'skipped', path: '/home/a.bin' });
  const headers = { ...PART, 'upload-length': String(size), 'upload-metadata': metadata() };
  const { status, headers: answer } = await ask(hub, 'POST', '/uploads', { headers, body: Buffer.alloc(size) });
  assert.deepEqual([status, answer['porthole-upload-state']], [201, 'skipped']);
});

test('a part that breaks off leaves what arrived, and goes on from there', async (t) => {
  const { hub, drive } = await withDrive(t);
  const location = await create(hub);
  const headers = { ...PART, 'upload-offset': '0', 'content-length': String(SIZE) };
  const sent = hub.begin('PATCH', location, { headers });
  sent.write(CONTENT.subarray(0, 100_000));
  while (drive.kept.values().next().value?.bytes.byteLength !== 100_000) await sleep(10);
  sent.destroy();
  const offset = Number((await look(hub, location)).headers['upload-offset']);
  assert.equal(offset, 100_000);
  assert.equal((await patch(hub, location, offset, CONTENT.subarray(offset))).status, 204);
  assert.deepEqual([...drive.done.values()][0], CONTENT);
});

test('a browser that comes back sends its old connection away', async (t) => {
  const { hub, drive } = await withDrive(t);
  const location = await create(hub);
  const headers = { ...PART, 'upload-offset': '0', 'content-length': String(SIZE) };
  const stale = hub.begin('PATCH', location, { headers });
  const refused = once(stale, 'response');
  stale.write(CONTENT.subarray(0, 1000));
  while (drive.kept.values().next().value?.bytes.byteLength !== 1000) await sleep(10);
  assert.equal((await look(hub, location)).headers['upload-offset'], '1000');
  const [answer]: IncomingMessage[] = await refused;
  assert.equal(answer?.statusCode, 409);
  stale.destroy();
  assert.equal((await patch(hub, location, 1000, CONTENT.subarray(1000))).status, 204);
});

test('the offset of the device counts, and nobody sends more than was announced', async (t) => {
  const { hub } = await withDrive(t);
  const location = await create(hub);
  assert.equal((await patch(hub, location, 5, CONTENT)).json?.code, 'upload.offset');
  assert.equal((await patch(hub, location, SIZE + 1, CONTENT)).json?.code, 'upload.offset');
  const more = Buffer.concat([CONTENT, CONTENT]);
  assert.equal((await patch(hub, location, 0, more)).json?.code, 'request.too-large');
});

test('an upload is its user’s own, unless an admin asks, and of its device', async (t) => {
  const { hub } = await withDrive(t);
  const location = await create(hub);
  hub.db.run(hub.db.sql.updateTable('uploads').set({ userId: 'somebody else' }));
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const headers = { ...PART, 'upload-offset': '0' };
    const body = method === 'PATCH' ? CONTENT : undefined;
    assert.equal((await ask(hub, method, location, { headers, body })).status, 404, method);
  }
  assert.equal((await look(hub, location, 'admin')).status, 200);
  assert.equal((await look(hub, location, 'viewer')).status, 404);
  assert.equal((await look(hub, location.replace(/devices\/a+/, `devices/${'b'.repeat(26)}`), 'admin')).status, 404);
});

test('what is taken back is gone on the device and in the hub', async (t) => {
  const { hub, drive } = await withDrive(t);
  const location = await create(hub);
  assert.equal((await ask(hub, 'DELETE', location, { headers: TUS })).status, 204);
  assert.equal(drive.kept.size, 0);
  assert.equal((await look(hub, location)).status, 404);
});

test('an upload that nobody goes on with for a day is forgotten', async (t) => {
  const { hub } = await withDrive(t);
  const location = await create(hub);
  hub.db.run(hub.db.sql.updateTable('uploads').set({ touchedAt: Date.now() - 25 * 3_600_000 }));
  assert.equal((await look(hub, location)).status, 404);
  await create(hub);
  assert.equal(hub.db.all(hub.db.sql.selectFrom('uploads').selectAll()).length, 1);
});

test('a refusal of the device is the answer, the connection stays good, and no upload is left', async (t) => {
  const { hub } = await withDrive(t);
  hub.device.serve = async () => {
    throw new Error('file.no-space');
  };
  const headers = { ...PART, 'upload-length': String(SIZE), 'upload-metadata': metadata() };
  const refused = await ask(hub, 'POST', '/uploads', { headers, body: CONTENT });
  assert.deepEqual([refused.status, refused.json?.code], [507, 'file.no-space']);
  assert.equal(hub.db.all(hub.db.sql.selectFrom('uploads').selectAll()).length, 0);
});

test('nothing is left of an upload whose first bytes fail, since nobody was told where it is', async (t) => {
  const { hub, drive } = await withDrive(t);
  const rows = () => hub.db.all(hub.db.sql.selectFrom('uploads').selectAll()).length;
  const headers = { ...PART, 'upload-length': String(SIZE), 'upload-metadata': metadata() };
  const half = CONTENT.subarray(0, SIZE / 2);
  const { status, headers: told } = await ask(hub, 'POST', '/uploads', { headers, body: half });
  assert.deepEqual([status, told['upload-offset'], drive.kept.size, rows()], [201, String(SIZE / 2), 1, 1]);
  hub.device.serve = async (channel) => {
    if (channel.operation === 'write') throw new Error('file.no-space');
    await drive.serve(channel);
  };
  assert.equal((await ask(hub, 'POST', '/uploads', { headers, body: half })).status, 507);
  assert.deepEqual([drive.kept.size, rows()], [1, 1]);
});

test('nothing is left of an upload whose sender goes away before it was told where it is', async (t) => {
  const { hub, drive } = await withDrive(t);
  const rows = () => hub.db.all(hub.db.sql.selectFrom('uploads').selectAll()).length;
  const length = { 'upload-length': String(SIZE), 'content-length': String(SIZE / 2) };
  const sent = hub.begin('POST', '/uploads', { headers: { ...PART, ...length, 'upload-metadata': metadata() } });
  sent.write(CONTENT.subarray(0, 100_000));
  for (let tries = 0; drive.kept.size === 0 && tries < 500; tries++) await sleep(10);
  assert.deepEqual([drive.kept.size, rows()], [1, 1]);
  sent.destroy();
  for (let tries = 0; rows() > 0 && tries < 500; tries++) await sleep(10);
  assert.deepEqual([drive.kept.size, rows()], [0, 0]);
});

test('only tus 1.0.0 is spoken, and only as content', async (t) => {
  const { hub } = await withDrive(t);
  const offer = await ask(hub, 'OPTIONS', '/uploads');
  assert.deepEqual([offer.status, offer.headers['tus-version']], [204, '1.0.0']);
  assert.match(String(offer.headers['tus-extension']), /creation-with-upload/);
  assert.equal((await ask(hub, 'POST', '/uploads')).json?.code, 'upload.version');
  const location = await create(hub);
  const headers = { ...TUS, 'upload-offset': '0', 'content-type': 'text/plain' };
  assert.equal((await ask(hub, 'PATCH', location, { headers, body: CONTENT })).json?.code, 'request.media-type');
  const elsewhere = await ask(hub, 'POST', '/folders', { headers: PART, body: CONTENT });
  assert.equal(elsewhere.json?.code, 'request.media-type', 'content is let through nowhere else');
});

test('while the device is away a client is told to come back, not that there is no upload', async (t) => {
  const { hub } = await withDrive(t);
  const location = await create(hub);
  hub.device.drop();
  assert.equal((await look(hub, location)).status, 423);
  hub.device.comeBack();
  assert.deepEqual([(await look(hub, location)).status, (await look(hub, `${location}x`)).status], [200, 404]);
});
