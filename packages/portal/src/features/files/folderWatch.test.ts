import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type ErrorCode, encodeFileMessage, PortholeError } from '@porthole/protocol';
import type { Channel } from '../../base/channel.ts';
import type { ChannelOptions } from '../../base/link.ts';
import { FolderWatch } from './folderWatch.ts';

/** A hub that opens, refuses and ends channels when it is told to, and a clock that stands. */
function setUp() {
  const channels: { tell(): void; opened: PromiseWithResolvers<void>; end(code: ErrorCode): void }[] = [];
  const timers: (() => void)[] = [];
  const heard: boolean[] = [];
  const openChannel = ({ message }: ChannelOptions): Channel => {
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<PortholeError>();
    opened.promise.catch(() => undefined);
    const end = (code: ErrorCode) => {
      opened.reject(new PortholeError(code));
      closed.resolve(new PortholeError(code));
    };
    channels.push({ opened, end, tell: () => void message(encodeFileMessage({ type: 'item', json: {} })) });
    return {
      opened: opened.promise,
      closed: closed.promise,
      send: () => undefined,
      room: 0,
      granted: () => Promise.resolve(),
      close: () => end('channel.closed'),
    };
  };
  const watch = new FolderWatch({
    api: { ticket: () => Promise.resolve('ticket') },
    link: { openChannel },
    deviceId: 'device',
    viewer: 'viewer',
    path: '/',
    changed: (first) => heard.push(first),
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  return { watch, channels, timers, heard };
}

test('a channel that is refused, or ends, is opened again, and what happened meanwhile counts as a change', async () => {
  const { channels, timers, heard } = setUp();
  await setImmediate();
  channels[0]?.end('device.offline');
  await setImmediate();
  timers.shift()?.();
  await setImmediate();
  channels[1]?.opened.resolve();
  channels[1]?.tell();
  assert.deepEqual(heard, [false]);
  channels[1]?.end('channel.closed');
  await setImmediate();
  timers.shift()?.();
  await setImmediate();
  channels[2]?.tell();
  assert.deepEqual([heard, channels.length], [[false, false], 3]);
});

test('the first news of a watch that opened at once tells of nothing for sure', async () => {
  const { channels, heard } = setUp();
  await setImmediate();
  channels[0]?.opened.resolve();
  channels[0]?.tell();
  channels[0]?.tell();
  assert.deepEqual(heard, [true, false]);
});

test('a folder that goes away is told as a change once, and whatever takes its path is heard again', async () => {
  const { channels, timers, heard } = setUp();
  await setImmediate();
  channels[0]?.opened.resolve();
  channels[0]?.tell();
  for (const code of ['file.missing', 'file.not-folder'] as const) {
    channels.at(-1)?.end(code);
    await setImmediate();
    timers.shift()?.();
    await setImmediate();
  }
  assert.deepEqual(heard, [true, false]);
  channels.at(-1)?.tell();
  assert.deepEqual([heard, channels.length], [[true, false, false], 3]);
});

test('a refusal that stays is not argued with', async () => {
  const { channels, timers } = setUp();
  await setImmediate();
  channels[0]?.end('file.denied');
  await setImmediate();
  assert.deepEqual([channels.length, timers.length], [1, 0]);
});

test('a folder that is gone before anybody listens has changed, which is told once', async () => {
  const { channels, timers, heard } = setUp();
  for (let round = 0; round < 3; round += 1) {
    await setImmediate();
    channels.at(-1)?.end('file.missing');
    await setImmediate();
    timers.shift()?.();
  }
  assert.deepEqual(heard, [false]);
});

test('a watch that is closed stays closed', async () => {
  const { watch, channels, timers } = setUp();
  await setImmediate();
  watch.close();
  watch.close();
  await setImmediate();
  assert.deepEqual([channels.length, timers.length], [1, 0]);
});
