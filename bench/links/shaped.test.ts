import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { steady } from './shape.ts';
import { openShapedLink } from './shaped.ts';

test('a link in its own thread carries, counts, changes its shape and closes', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = await openShapedLink((server.address() as AddressInfo).port, steady(20, 1));
  const socket = connect(link.port, '127.0.0.1');
  socket.write('before');
  assert.equal(String((await once(socket, 'data'))[0]), 'before');
  await link.reshape(steady(2, 50));
  const start = performance.now();
  socket.write('after');
  assert.equal(String((await once(socket, 'data'))[0]), 'after');
  assert.ok(performance.now() - start >= 100);
  assert.equal(link.bytesOut, 11);
  const closed = once(
    socket.on('error', () => undefined),
    'close',
  );
  await link[Symbol.asyncDispose]();
  await closed;
  server.close();
});
