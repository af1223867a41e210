import { createServer, type IncomingMessage, type Server as PlainServer, type ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { endWithError } from './http/errors.ts';
import type { PublicUrls } from './publicUrls.ts';
import type { Strangers } from './strangers.ts';

/** The first byte of every TLS connection: a handshake record. */
const TLS_HANDSHAKE = 0x16;
const FIRST_BYTE_MS = 10_000;
/** A plain request gets that long in all; its only answer is where to go instead. */
const PLAIN_MS = 10_000;

/**
 * Lets one port speak TLS and answer plain HTTP with a redirect: looks at the first byte of every connection and hands
 * the connection on. `close` ends all connections, whatever became of them: a server waits for each before it is closed.
 */
export function splitByFirstByte(server: SecureServer, urls: PublicUrls, strangers: Strangers): { close(): void } {
  const secure = server.listeners('connection');
  const plain = redirectServer(urls);
  const sockets = new Set<Socket>();
  let closed = false;
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    if (closed) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A connection that breaks before it said anything concerns nobody.
    socket.on('error', () => socket.destroy());
    strangers.add(socket);
    if (socket.destroyed) return;
    onFirstByte(socket, (byte) => {
      if (byte === TLS_HANDSHAKE) for (const listener of secure) listener.call(server, socket);
      else handToPlain(plain, socket);
    });
  });
  return {
    close() {
      closed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Looks at the first byte and puts it back. A connection that does not say anything in time is dropped. */
function onFirstByte(socket: Socket, handOn: (byte: number | undefined) => void): void {
  const timer = setTimeout(() => socket.destroy(), FIRST_BYTE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.once('readable', () => {
    clearTimeout(timer);
    const first: Buffer | null = socket.read(1);
    if (!first) {
      socket.destroy();
      return;
    }
    socket.unshift(first);
    handOn(first[0]);
  });
}

function handToPlain(plain: PlainServer, socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), PLAIN_MS);
  socket.once('close', () => clearTimeout(timer));
  plain.emit('connection', socket);
}

/** Never listens; it is handed connections. */
function redirectServer(urls: PublicUrls): PlainServer {
  const server = createServer({ maxHeaderSize: 8192 }, (request, response) => redirect(request, response, urls));
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function redirect({ headers, url = '/' }: IncomingMessage, response: ServerResponse, urls: PublicUrls): void {
  if (!urls.hasHost(headers.host)) return endWithError(response, 'request.host');
  const location = `https://${headers.host}${url.startsWith('/') ? url : '/'}`;
  response.writeHead(308, { location, connection: 'close', 'content-length': 0 });
  response.end();
}
