import { createServer, type IncomingMessage, type Server as PlainServer, type ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { endWithError } from './http/errors.ts';
import type { PublicUrls } from './publicUrls.ts';

/** The first byte of every TLS connection: a handshake record. */
const TLS_HANDSHAKE = 0x16;
const FIRST_BYTE_MS = 10_000;
/** A plain request gets that long in all; its only answer is where to go instead. */
const PLAIN_MS = 10_000;

/**
 * Lets one port speak TLS and answer plain HTTP with a redirect: looks at the first byte of every connection and hands
 * the connection on.
 */
export function splitByFirstByte(server: SecureServer, urls: PublicUrls): void {
  const secure = server.listeners('connection');
  const plain = redirectServer(urls);
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    // A connection that breaks before it said anything concerns nobody.
    socket.on('error', () => socket.destroy());
    const timer = setTimeout(() => socket.destroy(), FIRST_BYTE_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.once('readable', () => {
      clearTimeout(timer);
      const first: Buffer | null = socket.read(1);
      if (!first) return socket.destroy();
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) for (const listener of secure) listener.call(server, socket);
      else handToPlain(plain, socket);
      return undefined;
    });
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
