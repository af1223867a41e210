import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { decodeToTerminal, MAX_TERMINAL_INPUT, PortholeError, type ToTerminal } from '@porthole/protocol';
import { InputQueue } from './inputQueue.ts';

let room: number;
let sent: ToTerminal[];
let wake: () => void;
let queue: InputQueue;
let close: (reason: PortholeError) => void;

beforeEach(() => {
  [room, sent, wake] = [Number.POSITIVE_INFINITY, [], () => undefined];
  const closed = Promise.withResolvers<PortholeError>();
  close = closed.resolve;
  queue = new InputQueue({
    closed: closed.promise,
    get room() {
      return room;
    },
    send: (bytes) => {
      room -= bytes.byteLength;
      sent.push(decodeToTerminal(bytes));
    },
    granted: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  });
});

const typed = () => sent.flatMap((message) => (message.type === 'input' ? [message.bytes.byteLength] : []));

test('a key goes at once, and a long text in messages that are allowed', () => {
  queue.type(Uint8Array.of(97));
  queue.type(new Uint8Array(MAX_TERMINAL_INPUT + 1));
  assert.deepEqual(typed(), [1, MAX_TERMINAL_INPUT, 1]);
});

test('what the device has no room for waits, in order', async () => {
  room = 10;
  queue.type(new Uint8Array(100));
  queue.resize(80, 24);
  assert.deepEqual(sent, []);
  room = 1_000;
  wake();
  await turn();
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['input', 'size'],
  );
});

test('an interrupt does not stand behind a paste', async () => {
  room = 10;
  queue.type(new Uint8Array(100));
  queue.type(new Uint8Array(100));
  queue.type(Uint8Array.of(3));
  room = 1_000;
  wake();
  await turn();
  assert.deepEqual(typed(), [1]);
});

test('there is an end to what waits, and nothing is sent when the channel is over', async () => {
  room = 0;
  assert.equal(queue.type(new Uint8Array(4 * 1024 * 1024)), true);
  assert.equal(queue.type(new Uint8Array(64)), false);
  close(new PortholeError('channel.closed'));
  await turn();
  room = 1e9;
  wake();
  await turn();
  assert.deepEqual(sent, []);
  assert.equal(queue.type(Uint8Array.of(97)), false);
});
