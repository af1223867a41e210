import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { FILE_CHUNK } from '@porthole/protocol';
import { ask, fileHub } from '../../testing/fileHub.ts';

const TYPE = 'video/mp4; codecs="avc1.64001f,mp4a.40.2"';
const PLAY = '/play?path=/a.avi&from=12.5&video=h264&audio=keep';

test('what is played comes with the type that the device tells, whole, and nothing in it runs', async (t) => {
  const hub = await fileHub(t);
  const asked: unknown[] = [];
  hub.device.serve = async (channel) => {
    asked.push(channel.ask);
    await channel.item({ type: TYPE });
    for (let at = 0; at < 40; at++) await channel.bytes(Buffer.alloc(FILE_CHUNK, at));
    await channel.done({});
  };
  const { status, headers, body } = await ask(hub, 'GET', PLAY);
  assert.deepEqual([status, headers['content-type'], body.byteLength], [200, TYPE, 40 * FILE_CHUNK]);
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; sandbox/);
  assert.deepEqual(asked, [{ path: '/a.avi', from: 12.5, video: 'h264', audio: 'keep' }]);
});

test('a film that nobody reads stops the device, and one that is broken off ends its channel', async (t) => {
  const hub = await fileHub(t);
  let sent = 0;
  hub.device.serve = async (channel) => {
    await channel.item({ type: TYPE });
    for (; !channel.isClosed; sent++) await channel.bytes(Buffer.alloc(FILE_CHUNK));
  };
  const request = hub.begin('GET', PLAY).end();
  const [answer]: IncomingMessage[] = await once(request, 'response');
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.ok(sent * FILE_CHUNK < 16 * 1024 * 1024, `${sent} pieces were taken`);
  answer?.destroy();
  while (!hub.device.channels[0]?.isClosed) await new Promise((resolve) => setTimeout(resolve, 10));
});

test('a converter that dies in the middle resets the connection rather than end the film', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (channel) => {
    await channel.item({ type: TYPE });
    await channel.bytes(Buffer.alloc(1_000));
    throw new Error('convert.failed');
  };
  await assert.rejects(ask(hub, 'GET', PLAY));
});

test('a device that claims another type than a picture, sound or film is not believed', async (t) => {
  const hub = await fileHub(t);
  for (const type of ['text/html', 'image/svg+xml', 'video/mp4; codecs="a"\r\nx: y', 'image/png; charset=x']) {
    hub.device.serve = async (channel) => {
      await channel.item({ type });
      await channel.bytes(Buffer.from('<script>'));
      await channel.done({});
    };
    const { status, json } = await ask(hub, 'GET', '/picture?path=/a.heic&size=4096');
    assert.deepEqual([status, json?.code], [400, 'message.invalid'], type);
  }
});

test('refusals have a status of their own, and nonsense never reaches the device', async (t) => {
  const hub = await fileHub(t);
  for (const [code, expected] of [
    ['convert.unsupported', 415],
    ['convert.failed', 500],
    ['convert.busy', 503],
  ] as const) {
    hub.device.serve = () => Promise.reject(new Error(code));
    for (const path of [PLAY, '/media?path=/a', '/picture?path=/a&size=64']) {
      const { status, json } = await ask(hub, 'GET', path);
      assert.deepEqual([status, json?.code], [expected, code]);
    }
  }
  const before = hub.device.channels.length;
  for (const path of [
    '/play?path=/a&video=vp9&audio=keep',
    '/play?path=/a&from=-1&video=keep&audio=keep',
    '/play?path=/a&from=Infinity&video=keep&audio=keep',
    '/play?path=/a&from=x&video=keep&audio=keep',
    '/picture?path=/a&size=100000',
    '/picture?path=/a',
    '/media?path=',
  ]) {
    assert.equal((await ask(hub, 'GET', path)).status, 400, path);
  }
  assert.equal(hub.device.channels.length, before);
  assert.equal((await ask(hub, 'GET', PLAY, { role: 'viewer' })).status, 404);
});
