import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorCode, PortholeError } from '@porthole/protocol';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Subject } from './access.ts';
import type { ResolveSession } from './http/rights.ts';
import type { Pending } from './pendingSockets.ts';
import type { PublicUrls } from './publicUrls.ts';
import type { Strangers } from './strangers.ts';

/** Where portals come in: the exact origin of the hub and a session are needed. */
export interface PortalEntrance {
  audience: 'portal';
  /** Bytes of the largest message. */
  maxPayload: number;
  /** Owns the socket from here on, except that the gate logs its errors and ends it when the hub closes. */
  accept(ws: WebSocket, request: IncomingMessage, subject: Subject): void;
}

/** Where agents come in: they prove themselves afterwards; call `pending.done()` when that is over. */
export interface AgentEntrance {
  audience: 'agent';
  maxPayload: number;
  accept(ws: WebSocket, request: IncomingMessage, pending: Pending): void;
}

export type Entrance = PortalEntrance | AgentEntrance;

export interface GateOptions {
  urls: PublicUrls;
  resolve: ResolveSession;
  log: Logger;
}

/** WebSockets of one user at once: some hundred open pages. */
const MAX_PER_USER = 512;

interface Admitted {
  entrance: Entrance;
  subject: Subject | undefined;
}

/** The one way in for WebSockets: a table of paths, each with its audience, origin rule and limits. */
export class UpgradeGate {
  readonly #options: GateOptions;
  readonly #entrances = new Map<string, { entrance: Entrance; server: WebSocketServer }>();
  /** With the id of the user, for those of portals. */
  readonly #sockets = new Map<WebSocket, string | undefined>();
  #closed = false;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Opens a path. */
  add(path: string, entrance: Entrance): void {
    const { maxPayload } = entrance;
    const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: false });
    this.#entrances.set(path, { entrance, server });
  }

  /** Takes the upgrades of a server. Whoever proves who they are is no longer one of its `strangers`. */
  attach(server: Server, strangers: Strangers): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const pending = { done: () => strangers.met(request.socket) };
      this.#upgrade(request, socket, { head, pending });
    });
  }

  /** Ends every socket that came in here. */
  close(): void {
    this.#closed = true;
    for (const ws of this.#sockets.keys()) ws.terminate();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, { head, pending }: { head: Buffer; pending: Pending }): void {
    socket.on('error', () => socket.destroy());
    try {
      const { entrance, subject } = this.#admit(request);
      const server = this.#entrances.get(pathOf(request))?.server;
      server?.handleUpgrade(request, socket, head, (ws) => {
        this.#take(ws, request, { entrance, subject, pending });
      });
    } catch (error) {
      if (!(error instanceof PortholeError)) this.#options.log.error({ err: error }, 'upgrade failed');
      refuse(socket, error instanceof PortholeError ? error.code : 'internal');
    }
  }

  /** Throws the reason to refuse. */
  #admit(request: IncomingMessage): Admitted {
    const { urls, resolve } = this.#options;
    const { host, origin, cookie } = request.headers;
    if (!urls.hasHost(host)) throw new PortholeError('request.host');
    const entrance = this.#entrances.get(pathOf(request))?.entrance;
    if (!entrance || this.#closed) throw new PortholeError('not-found');
    if (entrance.audience === 'agent') {
      // Agents are no browsers: an origin means that a page is behind this.
      if (origin !== undefined) throw new PortholeError('request.origin');
      return { entrance, subject: undefined };
    }
    if (!urls.hasOrigin(origin)) throw new PortholeError('request.origin');
    const subject = resolve(cookie);
    if (!subject) throw new PortholeError('auth.required');
    const own = [...this.#sockets.values()].filter((userId) => userId === subject.userId);
    if (own.length >= MAX_PER_USER) throw new PortholeError('channel.limit');
    return { entrance, subject };
  }

  #take(
    ws: WebSocket,
    request: IncomingMessage,
    { entrance, subject, pending }: Admitted & { pending: Pending },
  ): void {
    this.#sockets.set(ws, subject?.userId);
    ws.on('error', (error) => this.#options.log.debug({ err: error }, 'socket failed'));
    ws.once('close', () => this.#sockets.delete(ws));
    if (entrance.audience === 'agent') return entrance.accept(ws, request, pending);
    pending.done();
    if (subject) entrance.accept(ws, request, subject);
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').replace(/\?.*$/s, '');
}

function refuse(socket: Duplex, code: ErrorCode): void {
  const { status, message } = ERRORS[code];
  const body = JSON.stringify({ code, message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
