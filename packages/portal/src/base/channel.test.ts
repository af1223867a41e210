import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { decodeFrame, type FeatureName, type Frame, LIMITS, PortholeError, WireError } from '@porthole/protocol';
import { LinkChannel, type MessageListener } from './channel.ts';

let frames: Frame[];
let released: number[];
let got: Uint8Array[];

beforeEach(() => {
  [frames, released, got] = [[], [], []];
});

function open(feature: FeatureName, message: MessageListener = (bytes) => void got.push(bytes)): LinkChannel {
  const carrier = {
    sendFrame: (frame: Uint8Array) => frames.push(decodeFrame(frame)),
    release: (channel: number) => released.push(channel),
  };
  return new LinkChannel(3, feature, carrier, message);
}

test('on a reliable channel more than was granted is never sent: the channel ends instead', async () => {
  const channel = open('input');
  channel.send(new Uint8Array(LIMITS.reliableWindow));
  channel.grant(5);
  channel.send(new Uint8Array(5));
  assert.equal(frames.length, 2);
  channel.send(new Uint8Array(1));
  channel.send(new Uint8Array(0));
  assert.deepEqual([frames.length, released], [2, [3]]);
  assert.equal((await channel.closed).code, 'credit.exceeded');
});

test('a lossy channel credits much at once and little after a moment, a reliable one in portions', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const lossy = open('screen');
  lossy.received(new Uint8Array(10));
  lossy.received(new Uint8Array(20));
  assert.deepEqual(frames, []);
  t.mock.timers.tick(100);
  assert.deepEqual(frames, [{ type: 'credit', channel: 3, bytes: 30 }]);
  lossy.received(new Uint8Array(20_000));
  assert.deepEqual(frames[1], { type: 'credit', channel: 3, bytes: 20_000 });
  lossy.received(new Uint8Array(10));
  lossy.ended(new PortholeError('device.offline'));
  t.mock.timers.tick(100);
  assert.equal(frames.length, 2, 'nothing is said of a channel that is over');
  frames.length = 0;
  const reliable = open('input');
  reliable.received(new Uint8Array(10));
  assert.deepEqual(frames, []);
  reliable.received(new Uint8Array(LIMITS.reliableWindow >> 2));
  assert.deepEqual(frames, [{ type: 'credit', channel: 3, bytes: 10 + (LIMITS.reliableWindow >> 2) }]);
});

test('nonsense of a device ends its channel, and a fault of our own is not swallowed', async () => {
  const channel = open('screen', () => {
    throw new WireError('nonsense');
  });
  channel.received(new Uint8Array(1));
  assert.deepEqual([released, frames], [[3], []]);
  assert.equal((await channel.closed).code, 'message.invalid');
  const faulty = open('screen', () => {
    throw new TypeError('a bug');
  });
  assert.throws(() => faulty.received(new Uint8Array(1)), TypeError);
});

test('a channel that is over sends and hears nothing, and ends once', async () => {
  const channel = open('screen');
  channel.ended(new PortholeError('device.offline'));
  channel.ended(new PortholeError('feature.off'));
  channel.close();
  channel.send(Uint8Array.of(1));
  channel.received(Uint8Array.of(1));
  assert.deepEqual([frames, released, got], [[], [], []]);
  assert.equal((await channel.closed).code, 'device.offline');
  await assert.rejects(channel.opened, { code: 'device.offline' });
});

test('closing tells the hub once', async () => {
  const channel = open('screen');
  channel.confirmed();
  await channel.opened;
  channel.close();
  channel.close();
  assert.deepEqual(released, [3]);
  assert.equal((await channel.closed).code, 'channel.closed');
});

test('what takes time to be used is credited only when it was, and nonsense found late ends the channel', async () => {
  const used = Promise.withResolvers<void>();
  const channel = open('input', () => used.promise);
  channel.received(new Uint8Array(LIMITS.reliableWindow));
  await Promise.resolve();
  assert.deepEqual(frames, []);
  used.resolve();
  await used.promise;
  assert.deepEqual(frames, [{ type: 'credit', channel: 3, bytes: LIMITS.reliableWindow }]);
  const late = open('input', () => Promise.reject(new WireError('nonsense')));
  late.received(new Uint8Array(1));
  assert.equal((await late.closed).code, 'message.invalid');
});

test('room is what may be sent, and waiting for more ends with a grant or with the channel', async () => {
  const channel = open('input');
  channel.send(new Uint8Array(LIMITS.reliableWindow));
  assert.equal(channel.room, 0);
  const more = channel.granted();
  channel.grant(7);
  await more;
  assert.equal(channel.room, 7);
  const never = channel.granted();
  channel.close();
  await never;
  await channel.granted();
});
