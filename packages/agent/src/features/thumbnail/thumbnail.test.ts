import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { decodeThumbnail, type Thumbnail } from '@porthole/protocol';
import type { HostChannel } from '../../base/channelHost.ts';
import { type TakePicture, ThumbnailFeature } from './thumbnail.ts';

const INTERVAL = 1_000;

/** Opens a channel on a clock of its own; `pass` lets time go by, and everything that is due happen. */
function open(take: TakePicture) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const sent: Thumbnail[] = [];
  const channel = {
    params: { maxWidth: 100, intervalMs: INTERVAL },
    accept: () => undefined,
    send: (bytes: Uint8Array) => sent.push(decodeThumbnail(bytes)),
  };
  const listener = new ThumbnailFeature(take).open(channel as unknown as HostChannel);
  const pass = async (ms: number) => {
    mock.timers.tick(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { sent, listener, pass };
}

function picture(shade: number): Thumbnail {
  return { width: 4, height: 3, jpeg: Uint8Array.of(0xff, 0xd8, 0xff, shade) };
}

test('a picture is sent when it changed, and only then', async (t) => {
  t.after(() => mock.timers.reset());
  let shade = 1;
  const { sent, listener, pass } = open(async () => picture(shade));
  await pass(0);
  for (let n = 0; n < 5; n++) await pass(INTERVAL);
  assert.equal(sent.length, 1);
  shade = 2;
  await pass(INTERVAL);
  assert.deepEqual(sent, [picture(1), picture(2)]);
  listener.lagged?.();
  await pass(INTERVAL);
  assert.equal(sent.length, 3, 'whoever missed one gets it again');
  listener.closed();
});

test('after the channel closed nothing is taken any more, even when one was under way', async (t) => {
  t.after(() => mock.timers.reset());
  let taken = 0;
  const slow = Promise.withResolvers<Thumbnail>();
  const { sent, listener, pass } = open(() => {
    taken++;
    return slow.promise;
  });
  listener.closed();
  slow.resolve(picture(1));
  for (let n = 0; n < 5; n++) await pass(INTERVAL);
  assert.deepEqual([taken, sent], [1, []]);
});

test('a picture that fails, or is not to be had, is tried again', async (t) => {
  t.after(() => mock.timers.reset());
  const results: (() => Promise<Thumbnail | undefined>)[] = [
    () => Promise.reject(new Error('broken')),
    async () => undefined,
    async () => picture(3),
  ];
  const { sent, listener, pass } = open(() => (results.shift() ?? (async () => undefined))());
  await pass(0);
  await pass(INTERVAL);
  await pass(INTERVAL);
  assert.deepEqual(sent, [picture(3)]);
  listener.closed();
});
