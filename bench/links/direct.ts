import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Link } from './link.ts';

/** The machine itself: as fast as it goes. */
export async function openDirectLink(targetPort: number, targetHost = '127.0.0.1'): Promise<Link> {
  const sockets = new Set<Socket>();
  let bytesOut = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket.setNoDelay(true));
    // An end of either side is an error for nobody here; the other side learns of it by the destroy below.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((viewer) => {
    const target = connect(targetPort, targetHost);
    for (const socket of [viewer, target]) keep(socket);
    target.on('data', (chunk) => {
      bytesOut += chunk.byteLength;
    });
    viewer.pipe(target).on('close', () => viewer.destroy());
    target.pipe(viewer).on('close', () => target.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get bytesOut() {
      return bytesOut;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
