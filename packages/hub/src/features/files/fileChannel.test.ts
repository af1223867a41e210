import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FILE_CHUNK, type FileMessage, windowOf } from '@porthole/protocol';
import type { DeviceChannel } from '../../testing/fileDevice.ts';
import { DEVICE, type FileHub, fileHub } from '../../testing/fileHub.ts';
import { FileChannel } from './fileChannel.ts';

const CHUNK = Buffer.alloc(FILE_CHUNK);

/** A channel without any HTTP around it. */
function open(hub: FileHub): FileChannel {
  const link = hub.directory.get(DEVICE).bulk;
  assert.ok(link);
  return new FileChannel(link, { operation: 'read', ask: { path: '/x' }, user: 'ada' });
}

/** Lets everything happen that can happen without anybody doing anything. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve));
}

async function sendForEver(channel: DeviceChannel): Promise<void> {
  while (!channel.isClosed) await channel.bytes(CHUNK);
}

test('the device sends one window, and as much more as was dealt with', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = sendForEver;
  const channel = open(hub);
  await settle();
  const sent = () => hub.device.channels[0]?.sent ?? 0;
  const window = Math.floor(windowOf('files') / (FILE_CHUNK + 1)) * FILE_CHUNK;
  assert.equal(sent(), window);
  await channel.next();
  await settle();
  assert.equal(sent(), window, 'what is in hand is not dealt with yet');
  for (let n = 0; n < 8; n++) {
    await channel.next();
    await settle();
  }
  assert.ok(sent() > window && sent() <= window + 8 * FILE_CHUNK);
  channel.close();
  await settle();
  assert.equal(hub.device.channels[0]?.isClosed, true);
  await assert.rejects(channel.next(), { code: 'channel.closed' });
});

test('a device near by, or of unknown distance, is half a window ahead at most, one far away a whole', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = sendForEver;
  const link = hub.directory.get(DEVICE).bulk;
  assert.ok(link);
  const ahead: number[] = [];
  for (const shortestRoundTrip of [undefined, 0.5, 40]) {
    const opener = { shortestRoundTrip, open: link.open.bind(link) };
    const channel = new FileChannel(opener, { operation: 'read', ask: { path: '/x' }, user: 'ada' });
    const most: number[] = [];
    for (let read = 0; read < 40; read++) {
      await channel.next();
      await settle();
      if (read > 10) most.push((hub.device.channels.at(-1)?.sent ?? 0) - read * FILE_CHUNK);
    }
    channel.close();
    ahead.push(Math.max(...most));
  }
  const [unknown = 0, near = 0, far = 0] = ahead;
  assert.deepEqual([unknown, near <= windowOf('files') / 2], [near, true]);
  assert.ok(near >= windowOf('files') / 4 && far > windowOf('files') / 2 && far <= windowOf('files'));
});

test('content towards the device waits for the device, and hears when it never will be taken', async (t) => {
  const hub = await fileHub(t);
  const channel = open(hub);
  let sent = 0;
  const sending = (async () => {
    for (;;) {
      await channel.sendBytes(CHUNK);
      sent += CHUNK.byteLength;
    }
  })();
  await settle();
  assert.ok(sent > 0 && sent < windowOf('files'));
  const before = sent;
  const [device] = hub.device.channels;
  for (let n = 0; n < 4; n++) await device?.next();
  await settle();
  assert.ok(sent > before);
  device?.close('file.no-space');
  await assert.rejects(sending, { code: 'file.no-space' });
});

test('what came before the end is still read, and then the reason', async (t) => {
  const hub = await fileHub(t);
  hub.device.serve = async (device) => {
    await device.item(1);
    await device.item(2);
    device.close('file.changed');
  };
  const channel = open(hub);
  const items: FileMessage[] = [];
  await settle();
  items.push(await channel.next(), await channel.next());
  assert.deepEqual(items, [
    { type: 'item', json: 1 },
    { type: 'item', json: 2 },
  ]);
  await assert.rejects(channel.next(), { code: 'file.changed' });
  channel.close();
  channel.close();
});

test('nonsense and credit out of nothing end the channel and nothing else', async (t) => {
  const hub = await fileHub(t);
  const [one, two, good] = [open(hub), open(hub), open(hub)];
  await settle();
  const [first, second, third] = hub.device.channels;
  first?.raw(Buffer.of(1, 0x7b));
  await assert.rejects(one.next(), { code: 'message.invalid' });
  second?.grantTooMuch();
  await assert.rejects(two.next(), { code: 'credit.exceeded' });
  await third?.item('fine');
  assert.deepEqual(await good.next(), { type: 'item', json: 'fine' });
});

test('a question that no message can hold is not asked', async (t) => {
  const hub = await fileHub(t);
  const link = hub.directory.get(DEVICE).bulk;
  assert.ok(link);
  const paths = Array.from({ length: 1000 }, () => `/${'x'.repeat(300)}`);
  assert.throws(() => new FileChannel(link, { operation: 'tree', ask: { paths }, user: 'ada' }), {
    code: 'request.too-large',
  });
  assert.deepEqual(hub.device.channels, []);
});
