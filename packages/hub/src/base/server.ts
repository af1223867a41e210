import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { splitByFirstByte } from './firstByte.ts';
import { limitBodies } from './http/bodies.ts';
import { answerErrors, replyWithError } from './http/errors.ts';
import { describeApi } from './http/openApi.ts';
import { checkRequests } from './http/requestChecks.ts';
import { type Guard, guardRoutes } from './http/rights.ts';
import { addSecurityHeaders, secure } from './http/securityHeaders.ts';
import type { PublicUrls } from './publicUrls.ts';
import { Strangers } from './strangers.ts';

/** A certificate chain and its key, as PEM. */
export interface Credentials {
  cert: string;
  key: string;
}

export interface ServerOptions extends Guard {
  urls: PublicUrls;
  credentials: Credentials;
  /** Whether the owner gave the certificate. */
  ownCertificate: boolean;
  log: Logger;
}

export interface WebServer {
  /** Routes are added here. */
  app: FastifyInstance;
  /** Where certificates are changed and WebSockets are taken. */
  https: Server;
  /** The connections on which nobody has proved who they are. */
  strangers: Strangers;
  /** Ends every connection. */
  close(): Promise<void>;
}

const BODY_LIMIT = 64 * 1024;

/** The web server, with everything in front of its routes: names, origins, headers, rights, errors. */
export function createWebServer(options: ServerOptions): WebServer {
  const { urls, log } = options;
  const strangers = new Strangers();
  const { https, connections } = createHttps(options, strangers);
  const app = Fastify({
    serverFactory: (handler) => https.on('request', handler),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, _request, reply) => {
      secure(reply, options);
      replyWithError(reply, error, log);
    },
    clientErrorHandler: (_error, socket) => refuseMalformed(socket),
  });
  limitBodies(app);
  addSecurityHeaders(app, options);
  checkRequests(app, urls);
  guardRoutes(app, options);
  app.addHook('onRequest', async ({ subject, raw }) => {
    if (subject) strangers.met(raw.socket);
  });
  answerErrors(app, log);
  describeApi(app);
  return {
    app,
    https,
    strangers,
    async close() {
      connections.close();
      await app.close();
    },
  };
}

/** Routes check by zod (`route.ts`); Fastify's own schema machinery, a tenth of the start, is never loaded. */
function noSchemas(): never {
  throw new Error('routes have no Fastify schemas');
}

function createHttps({ credentials, urls }: ServerOptions, strangers: Strangers) {
  const https = createServer({ ...credentials, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 });
  https.headersTimeout = 10_000;
  // Bodies are limited one by one, see `limitBodies`.
  https.requestTimeout = 0;
  https.keepAliveTimeout = 15_000;
  https.maxRequestsPerSocket = 10_000;
  return { https, connections: splitByFirstByte(https, urls, strangers) };
}

function refuseMalformed(socket: Duplex): void {
  const body = '{"code":"request.invalid","message":"The request is not valid."}';
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  if (socket.writable) socket.end(head + body);
  else socket.destroy();
}
