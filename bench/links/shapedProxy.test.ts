import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { type Shape, steady } from './shape.ts';
import { ShapedProxy } from './shapedProxy.ts';

/** More than the kernel holds for the two connections of a proxy. */
const KERNEL_BYTES = 64_000_000;

const closing = new AsyncDisposableStack();
after(() => closing.disposeAsync());

/** A proxy in front of a server that treats every connection with `serve`. */
async function proxyTo(serve: (socket: Socket) => void, shape: Shape, onDelivered = (_: number): void => undefined) {
  const server = createServer((socket) => serve(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  closing.defer(() => {
    server.close();
  });
  await once(server, 'listening');
  return closing.use(await ShapedProxy.open((server.address() as AddressInfo).port, shape, onDelivered));
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('bytes keep to the rate, arrive whole and in order, and are counted', async () => {
  const content = randomBytes(600_000);
  let delivered = 0;
  const proxy = await proxyTo(
    (socket) => socket.end(content),
    steady(20, 10),
    (bytes) => (delivered += bytes),
  );
  const start = performance.now();
  const got = await readAll(connect(proxy.port, '127.0.0.1'));
  const took = performance.now() - start;
  assert.equal(createHash('sha1').update(got).digest('hex'), createHash('sha1').update(content).digest('hex'));
  assert.equal(delivered, content.length);
  // 240 ms at 2.5 MB/s and 10 ms; never earlier, and no promise of a busy machine.
  assert.ok(took >= 250 * 0.95, `${took} ms`);
});

test('two connections share one line', async () => {
  const proxy = await proxyTo((socket) => socket.end(Buffer.alloc(200_000)), steady(20, 0));
  const start = performance.now();
  await Promise.all([1, 2].map(() => readAll(connect(proxy.port, '127.0.0.1'))));
  assert.ok(performance.now() - start >= 160 * 0.95);
});

test('there and back takes the delay twice', async () => {
  const proxy = await proxyTo((socket) => socket.pipe(socket), steady(20, 30));
  const socket = connect(proxy.port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  const start = performance.now();
  socket.write('x');
  await once(socket, 'data');
  assert.ok(performance.now() - start >= 60);
  socket.destroy();
});

test('a full line holds the sender up', async () => {
  let accepted = 0;
  const flood = (socket: Socket) => {
    const piece = Buffer.alloc(16_384);
    const pour = () => {
      while (socket.write(piece)) accepted += piece.length;
    };
    socket.on('drain', pour);
    pour();
  };
  const proxy = await proxyTo(flood, steady(1, 0));
  const socket = connect(proxy.port, '127.0.0.1');
  // Told by bytes and not by a clock: while these pass, a sender that is not held up gets rid of hundreds of megabytes.
  while (socket.bytesRead < 60_000) await once(socket.resume(), 'data');
  const waiting = accepted - socket.bytesRead;
  assert.ok(waiting < KERNEL_BYTES, `${waiting} bytes on their way`);
  socket.destroy();
});

test('a viewer that stops reading holds up only itself', async () => {
  const proxy = await proxyTo((socket) => socket.write(Buffer.alloc(30_000_000)), steady(1000, 0));
  const stalled = connect(proxy.port, '127.0.0.1');
  await once(stalled, 'connect');
  stalled.pause();
  const reader = connect(proxy.port, '127.0.0.1');
  let got = 0;
  for await (const chunk of reader) {
    got += chunk.length;
    if (got === 30_000_000) break;
  }
  assert.equal(got, 30_000_000);
  stalled.destroy();
});

test('a target that is not there, and closing twice, do no harm', async () => {
  const proxy = await ShapedProxy.open(1, steady(20, 10), () => undefined);
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await once(socket, 'close');
  await proxy.close();
  await proxy.close();
});
