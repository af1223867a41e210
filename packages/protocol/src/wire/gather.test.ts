import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { gatherWrites } from './gather.ts';

test('what is said in one go is written in one, and what is said later in another', async () => {
  const writes: string[][] = [];
  const socket = new Writable({
    write: (chunk, _encoding, done) => {
      writes.push([String(chunk)]);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  const gather = gatherWrites(socket, process.nextTick);
  const say = (text: string) => {
    gather();
    socket.write(text);
  };
  say('a');
  say('b');
  await Promise.resolve();
  await turn();
  say('c');
  assert.equal(socket.writableCorked, 1);
  await turn();
  assert.deepEqual([writes, socket.writableCorked], [[['a', 'b'], ['c']], 0]);
});
