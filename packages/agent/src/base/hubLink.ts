import { TLSSocket } from 'node:tls';
import {
  BINDING_BYTES,
  BINDING_LABEL,
  backoff,
  decodeFrame,
  type ErrorCode,
  type Frame,
  type fromAgent,
  GATHERED_BYTES,
  gatherWrites,
  isErrorCode,
  LIMITS,
  type MessageOf,
  PATHS,
  PortholeError,
  WireError,
} from '@porthole/protocol';
import WebSocket from 'ws';
import type { DeviceIdentity } from './deviceIdentity.ts';
import { HubHandshake, type Introduction } from './hubHandshake.ts';

export interface HubLinkEvents {
  /** The hub let this device in; `binding` names this very connection in grants. */
  connected(connection: { name: string; binding: string }): void;
  text(text: string): void;
  frame(frame: Frame): void;
  /** The connection ended, or could not be made. `retry` is false when trying again cannot help. */
  lost(error: PortholeError | Error, retry: boolean): void;
}

export interface HubLinkOptions {
  url: string;
  hubKey: string;
  identity: DeviceIdentity;
  introduction: () => Introduction;
  /** True when this program has met the hub already: a stranger in its place is then waited out. */
  isKnown?: boolean;
  events: HubLinkEvents;
}

/** Refusals that another attempt would only repeat. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'token.invalid',
  'token.expired',
  'token.used',
  'device.unknown',
  'device.removed',
  'hub.identity',
  'hello.invalid',
  'version.unsupported',
  'link.replaced',
]);

/**
 * One connection to the hub that comes back by itself with full jitter. Nothing is kept for a hub that is away: what is sent
 * meanwhile is dropped, so a device without its hub does not grow.
 */
export class HubLink {
  readonly #options: HubLinkOptions;
  #socket: WebSocket | undefined;
  /** Writes what is sent to the present hub in one go in one. */
  #gather: (() => void) | undefined;
  #ready = false;
  #isKnown: boolean;
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: HubLinkOptions) {
    this.#options = options;
    this.#isKnown = options.isKnown ?? false;
    this.#connect();
  }

  /** Bytes that wait in this process for the network. */
  get buffered(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  get connected(): boolean {
    return this.#ready;
  }

  send(message: MessageOf<typeof fromAgent>): void {
    if (!this.#ready) return;
    this.#gather?.();
    this.#socket?.send(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array): void {
    if (!this.#ready) return;
    // Writes that are gathered are copied together: of something large that would cost more than it saves.
    if (frame.byteLength < GATHERED_BYTES) this.#gather?.();
    this.#socket?.send(frame);
  }

  /** Says goodbye, so that the device shows offline at once, and closes for good. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    this.send({ type: 'bye' });
    socket.close();
    setTimeout(() => socket.terminate(), 500).unref();
    await closed;
  }

  /** Ends this connection because the hub broke the protocol; another is made. */
  abandon(): void {
    this.#socket?.terminate();
  }

  #connect(): void {
    const url = new URL(PATHS.agentSocket, this.#options.url.replace(/^http/, 'ws'));
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      // Masks keep proxies from misreading plain text; inside TLS they only cost time on both sides. All zeros are none.
      generateMask: (mask) => mask.fill(0),
      maxPayload: LIMITS.dataPayload + LIMITS.control,
      handshakeTimeout: LIMITS.requestMs,
      // The hub is known by its own key, bound to this TLS connection in the handshake, not by its web certificate.
      rejectUnauthorized: false,
    });
    this.#socket = socket;
    let binding = '';
    let failure: Error | undefined;
    socket.on('upgrade', ({ socket: raw }) => {
      if (raw instanceof TLSSocket) binding = exportBinding(raw);
      this.#gather = gatherWrites(raw, process.nextTick);
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('open', () => {
      const stopWatching = watchPulse(socket);
      socket.on('close', stopWatching);
      this.#converse(socket, binding, (error) => {
        failure = error;
        socket.terminate();
      });
    });
    // Only a hub that has proved itself is believed its reason.
    socket.on('close', (_code, reason) => this.#lost(failure ?? closeReason(this.#ready ? reason.toString() : '')));
  }

  /** Shakes hands, then hands every message on. */
  #converse(socket: WebSocket, binding: string, fail: (error: Error) => void): void {
    const { identity, hubKey, introduction, events } = this.#options;
    const timer = setTimeout(() => fail(new Error('it does not answer')), LIMITS.firstMessageMs * 2);
    socket.on('close', () => clearTimeout(timer));
    const send = (message: object) => socket.send(JSON.stringify(message));
    const handshake = new HubHandshake({ identity, hubKey, binding, introduction: introduction(), send });
    socket.on('message', (data, isBinary) => {
      try {
        const bytes = data as Buffer;
        if (!this.#ready) {
          const name = handshake.receive(bytes.toString('utf8'));
          if (name !== undefined) this.#welcomed(name, binding, timer);
        } else if (isBinary) events.frame(decodeFrame(bytes));
        else events.text(bytes.toString('utf8'));
      } catch (error) {
        if (!(error instanceof WireError || error instanceof PortholeError)) throw error;
        fail(error);
      }
    });
  }

  #welcomed(name: string, binding: string, timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    this.#ready = true;
    this.#isKnown = true;
    this.#attempt = 0;
    this.#options.events.connected({ name, binding });
  }

  /** A stranger in the hub's place may be gone in a minute; a device that knows its hub waits for that. */
  #isFinal(code: ErrorCode): boolean {
    return FINAL.has(code) && !(code === 'hub.identity' && this.#isKnown);
  }

  #lost(error: Error): void {
    this.#ready = false;
    if (this.#isClosed) return;
    const retry = !(error instanceof PortholeError && this.#isFinal(error.code));
    this.#isClosed = !retry;
    this.#options.events.lost(error, retry);
    if (!retry) return;
    this.#retry = setTimeout(() => this.#connect(), backoff(this.#attempt++, Math.random()));
  }
}

function exportBinding(socket: TLSSocket): string {
  return socket.exportKeyingMaterial(BINDING_BYTES, BINDING_LABEL, Buffer.alloc(0)).toString('base64url');
}

/** The hub pings; a connection on which it no longer does is dead, whatever TCP says. */
function watchPulse(socket: WebSocket): () => void {
  const allowed = LIMITS.pingMs * (LIMITS.pingMisses + 1);
  const timer = setTimeout(() => socket.terminate(), allowed);
  const heard = () => timer.refresh();
  socket.on('ping', heard);
  socket.on('message', heard);
  return () => clearTimeout(timer);
}

function closeReason(reason: string): Error {
  return isErrorCode(reason) ? new PortholeError(reason) : new Error('the connection to the hub was lost');
}
