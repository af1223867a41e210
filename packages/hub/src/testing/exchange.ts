import { once } from 'node:events';
import { type Socket, connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';

/** Sends bytes over TCP and returns all that comes until the other side closes. */
export function exchangePlain(port: number, bytes: string | Buffer): Promise<string> {
  return exchange(tcp(port, '127.0.0.1'), bytes);
}

/** The same over TLS, trusting `ca` alone. */
export function exchangeSecure(port: number, ca: string, bytes: string | Buffer): Promise<string> {
  return exchange(tls({ port, host: '127.0.0.1', servername: 'localhost', ca }), bytes);
}

async function exchange(socket: Socket, bytes: string | Buffer): Promise<string> {
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}
