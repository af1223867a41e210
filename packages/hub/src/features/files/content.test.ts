import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FILE_CHUNK } from '@porthole/protocol';
import type { DeviceChannel } from '../../testing/fileDevice.ts';
import { ask, type FileHub, fileHub } from '../../testing/fileHub.ts';

const CONTENT = Buffer.from('0123456789'.repeat(50_000));
const HEAD = { size: CONTENT.byteLength, modified: Date.UTC(2026, 0, 1), etag: 'v1' };

/** A device with one file. */
async function withFile(t: TestContext, head = HEAD): Promise<FileHub> {
  const hub = await fileHub(t);
  hub.device.serve = (channel) => readFile(channel, head);
  return hub;
}

async function readFile(channel: DeviceChannel, head = HEAD): Promise<void> {
  const { offset = 0, length = head.size, etag } = channel.ask as { offset?: number; length?: number; etag?: string };
  if (etag !== undefined && etag !== head.etag) throw new Error('file.changed');
  await channel.item(head);
  const wanted = CONTENT.subarray(offset, offset + length);
  for (let at = 0; at < wanted.byteLength; at += FILE_CHUNK) await channel.bytes(wanted.subarray(at, at + FILE_CHUNK));
  await channel.done({});
}

test('a file comes whole, with its length, its version, and headers that let nothing in it run', async (t) => {
  const hub = await withFile(t);
  const { status, headers, body } = await ask(hub, 'GET', '/content?path=/a.html');
  assert.equal(status, 200);
  assert.ok(body.equals(CONTENT));
  assert.equal(headers['content-length'], String(CONTENT.byteLength));
  assert.equal(headers.etag, '"v1"');
  assert.match(String(headers['content-disposition']), /^attachment; filename="a\.html"/);
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; sandbox/);
  assert.equal(headers['content-type'], 'application/octet-stream');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
});

test('pictures are shown in place unless they are to be saved, and a PDF only when asked for', async (t) => {
  const hub = await withFile(t);
  const kind = async (query: string) =>
    String((await ask(hub, 'GET', `/content?path=${query}`)).headers['content-disposition']).split(';')[0];
  assert.equal(await kind('/a.png'), 'inline');
  assert.equal(await kind('/a.png&download=1'), 'attachment');
  assert.equal(await kind('/a.pdf'), 'attachment');
  assert.equal(await kind('/a.pdf&inline=1'), 'inline');
  assert.equal(await kind('/a.svg&inline=1'), 'attachment');
});

test('parts, their limits, and HEAD are answered without a byte too many from the device', async (t) => {
  const hub = await withFile(t);
  const part = async (range: string, more = {}) =>
    ask(hub, 'GET', '/content?path=/a.bin', { headers: { range, ...more } });
  const middle = await part('bytes=10-19');
  assert.deepEqual([middle.status, middle.body.toString()], [206, '0123456789']);
  assert.equal(middle.headers['content-range'], `bytes 10-19/${CONTENT.byteLength}`);
  assert.equal(hub.device.channels.at(-1)?.sent, 10);
  assert.equal((await part('bytes=-4')).body.toString(), '6789');
  const none = await part('bytes=9999999-');
  assert.deepEqual([none.status, none.json?.code], [416, 'file.range']);
  assert.equal(none.headers['content-range'], `bytes */${CONTENT.byteLength}`);
  assert.equal((await part('bytes=0-1,4-5')).status, 200);
  assert.equal((await part('bytes=0-1', { 'if-range': '"v0"' })).status, 200);
  assert.equal((await part('bytes=0-1', { 'if-range': '"v1"' })).status, 206);
  const before = hub.device.channels.length;
  const head = await ask(hub, 'HEAD', '/content?path=/a.bin');
  assert.deepEqual(
    [head.status, head.headers['content-length'], head.body.byteLength],
    [200, String(CONTENT.byteLength), 0],
  );
  assert.ok(hub.device.channels.slice(before).every(({ sent }) => sent === 0));
});

test('a copy that is still good is not sent again, and another version is refused', async (t) => {
  const hub = await withFile(t);
  const cached = await ask(hub, 'GET', '/content?path=/a.bin', { headers: { 'if-none-match': '"v1"' } });
  assert.deepEqual([cached.status, cached.body.byteLength, cached.headers.etag], [304, 0, '"v1"']);
  const other = await ask(hub, 'GET', '/content?path=/a.bin', { headers: { 'if-match': '"v0"' } });
  assert.deepEqual([other.status, other.json?.code], [412, 'file.changed']);
});

test('an empty file is empty, and none of it is no part', async (t) => {
  const hub = await withFile(t, { ...HEAD, size: 0 });
  const whole = await ask(hub, 'GET', '/content?path=/empty');
  assert.deepEqual([whole.status, whole.headers['content-length'], whole.body.byteLength], [200, '0', 0]);
  assert.equal((await ask(hub, 'GET', '/content?path=/empty', { headers: { range: 'bytes=0-' } })).status, 416);
});

test('a device that refuses is answered with its code, before anything else was said', async (t) => {
  const hub = await fileHub(t);
  for (const [code, status] of [
    ['file.missing', 404],
    ['file.not-regular', 409],
    ['file.denied', 403],
  ] as const) {
    hub.device.serve = async () => {
      throw new Error(code);
    };
    const refused = await ask(hub, 'GET', '/content?path=/x');
    assert.deepEqual([refused.status, refused.json?.code], [status, code]);
    assert.equal(refused.headers['content-disposition'], undefined);
  }
});

/** What is done after the head. */
type Break = (hub: FileHub, channel: DeviceChannel) => unknown;
const BREAKS: Record<string, Break> = {
  'changes underneath': (_hub, channel) => channel.close('file.changed'),
  'is cut short': (_hub, channel) => channel.done({}),
  'is too long': (_hub, channel) => channel.bytes(Buffer.alloc(FILE_CHUNK)),
  'comes from a device that goes away': (hub) => hub.device.drop(),
  'turns into nonsense': (_hub, channel) => channel.raw(Buffer.of(9, 9, 9)),
  'belongs to a session that ends': (hub) => hub.endSession(),
};
for (const [what, breakIt] of Object.entries(BREAKS)) {
  test(`a file that ${what} never looks like a whole one`, async (t) => {
    const hub = await fileHub(t);
    hub.device.serve = async (channel) => {
      await channel.item({ ...HEAD, size: FILE_CHUNK + 100 });
      await channel.bytes(Buffer.alloc(FILE_CHUNK));
      await sleep(50);
      await breakIt(hub, channel);
    };
    await assert.rejects(ask(hub, 'GET', '/content?path=/x'), { code: 'ECONNRESET' });
  });
}

test('a device that never answers is given up, and its channel closed', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hub = await fileHub(t);
  const answer = ask(hub, 'GET', '/content?path=/x');
  while (hub.device.channels.length === 0) await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(10_000);
  const { status, json } = await answer;
  assert.deepEqual([status, json?.code], [504, 'device.timeout']);
  assert.equal(hub.device.channels[0]?.isClosed, true);
});

test('a reader that stops reading stops the device, and goes on where it was', async (t) => {
  const hub = await fileHub(t);
  const total = 64 * 1024 * 1024;
  const hash = createHash('sha256');
  hub.device.serve = async (channel) => {
    await channel.item({ ...HEAD, size: total });
    for (let at = 0; at < total; at += FILE_CHUNK) await channel.bytes(Buffer.alloc(FILE_CHUNK, at / FILE_CHUNK));
    await channel.done({});
  };
  const sent = hub.begin('GET', '/content?path=/big').end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  assert.ok(answer);
  let [before, now] = [-1, 0];
  while (before !== now) {
    before = now;
    await sleep(300);
    now = hub.device.channels[0]?.sent ?? 0;
  }
  // A window, and what lies in the buffers of both sockets.
  assert.ok(now < 16 * 1024 * 1024, `${now} bytes were taken`);
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  assert.equal(bytes, total);
  const expected = createHash('sha256');
  for (let at = 0; at < total; at += FILE_CHUNK) expected.update(Buffer.alloc(FILE_CHUNK, at / FILE_CHUNK));
  assert.equal(hash.digest('hex'), expected.digest('hex'));
});

test('a person who hangs up ends the channel', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    await channel.item({ ...HEAD, size: 1e9 });
    while (!channel.isClosed) await channel.bytes(Buffer.alloc(FILE_CHUNK));
  };
  const sent = hub.begin('GET', '/content?path=/big').end();
  await once(sent, 'response');
  sent.destroy();
  while (!hub.device.channels[0]?.isClosed) await sleep(10);
});

test('people who hang up are no error of the hub', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    if (channel.operation === 'read') await channel.item({ ...HEAD, size: 1e9 });
    while (!channel.isClosed) await channel.bytes(Buffer.alloc(FILE_CHUNK));
  };
  for (const path of ['/content?path=/big', '/archive?path=/big', '/follow?path=/big']) {
    const sent = hub.begin('GET', path).end();
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    assert.ok(answer);
    await once(answer, 'data');
    sent.destroy();
    while (!hub.device.channels.at(-1)?.isClosed) await sleep(10);
  }
  await sleep(50);
  assert.deepEqual(hub.lines, []);
});

test('somebody without the right finds nothing, and a stranger is asked to sign in', async (t) => {
  const hub = await withFile(t);
  for (const path of [
    '',
    '/places',
    '/content?path=/x',
    '/archive?path=/x',
    '/properties?path=/x',
    '/search?path=/&name=x',
  ]) {
    assert.equal((await ask(hub, 'GET', path, { role: 'viewer' })).json?.code, 'not-found', path);
    assert.equal((await ask(hub, 'GET', path, { role: 'nobody' })).json?.code, 'auth.required', path);
  }
  assert.equal((await ask(hub, 'POST', '/folders', { role: 'viewer', body: { folder: '/', name: 'x' } })).status, 404);
  assert.deepEqual(hub.device.channels, []);
});

test('a device that sends more than it may loses the channel', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    await channel.item({ ...HEAD, size: 1e9 });
    for (let n = 0; n < 40; n++) channel.raw(Buffer.concat([Buffer.of(2), Buffer.alloc(FILE_CHUNK)]));
  };
  assert.equal((await ask(hub, 'GET', '/content?path=/x')).json?.code, 'credit.exceeded');
  assert.equal(hub.device.channels[0]?.isClosed, true);
});

test('every download is in the log once, with what cannot be seen written out', async (t) => {
  const hub = await withFile(t);
  const path = `/a\u202e\n.bin`;
  for (const range of ['bytes=0-1', 'bytes=5-6'])
    await ask(hub, 'GET', `/content?path=${encodeURIComponent(path)}`, { headers: { range } });
  const rows = hub.audit.read().filter(({ action }) => action === 'files.download');
  assert.equal(rows.length, 1);
  assert.deepEqual(JSON.parse(rows[0]?.detail ?? ''), { path: '/a\\u{202e}\\u{000a}.bin' });
});
