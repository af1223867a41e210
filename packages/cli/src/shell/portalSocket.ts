import {
  Credit,
  CreditLedger,
  decodeFrame,
  encodeCredit,
  encodeData,
  FRAME_HEADER,
  type fromPortal,
  isErrorCode,
  LIMITS,
  type MessageOf,
  PATHS,
  parseMessage,
  toPortal,
  windowOf,
} from '@porthole/protocol';
import { WebSocket } from 'ws';
import { connectionFailure } from '../remote/connectionFailure.ts';
import { Failure } from '../remote/failure.ts';
import { Refusal } from '../remote/hubClient.ts';
import { tlsFor } from '../remote/pin.ts';
import type { Signed } from '../remote/tokenFile.ts';

type Params = Record<string, string>;

export interface ChannelEvents {
  /** Valid during the call only; `consumed` gives `size` back to the sender. */
  message(payload: Uint8Array): void;
  /** Once, when it is over for whatever reason but `close`. */
  closed(reason: Failure): void;
}

const CONNECT_MS = 15_000;
/** The hub pings every 4.5 s; a connection on which nothing came for so long is gone, in ms. */
const SILENCE_MS = LIMITS.pingMs * (LIMITS.pingMisses + 1);

/** A connection to the hub as a page has one, with one channel at a time. Call `close()` when done. */
export class PortalSocket {
  readonly #socket: WebSocket;
  readonly #welcome = Promise.withResolvers<string>();
  readonly #silence: NodeJS.Timeout;
  #channel: PortalChannel | undefined;
  #next = 1;

  private constructor(signed: Signed) {
    const url = new URL(PATHS.portalSocket, signed.hub);
    url.protocol = 'wss:';
    this.#socket = new WebSocket(url, {
      origin: signed.hub,
      headers: { cookie: signed.cookie },
      perMessageDeflate: false,
      maxPayload: LIMITS.dataPayload + FRAME_HEADER,
      handshakeTimeout: CONNECT_MS,
      ...tlsFor(signed.pin),
    });
    this.#silence = setTimeout(() => this.#socket.terminate(), CONNECT_MS + SILENCE_MS);
    this.#socket.on('message', (data: Buffer, isBinary) => this.#received(data, isBinary));
    this.#socket.on('ping', () => this.#silence.refresh());
    this.#socket.on('error', (error) => this.#end(connectionFailure(signed.hub, error)));
    this.#socket.on('close', (_code, reason) => this.#end(refusalOf(String(reason))));
    this.#socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      const isSignedOut = statusCode === 401;
      this.#end(new Refusal(isSignedOut ? 'auth.required' : 'internal', upgradeRefused(statusCode)));
    });
  }

  /** Resolves once the hub is there. Throws `Failure`. */
  static async open(signed: Signed): Promise<PortalSocket> {
    const socket = new PortalSocket(signed);
    await socket.#welcome.promise;
    return socket;
  }

  /** What the hub calls this page. */
  get viewer(): Promise<string> {
    return this.#welcome.promise;
  }

  openTerminal(ticket: string, params: Params, events: ChannelEvents): PortalChannel {
    const id = this.#next++;
    const channel = new PortalChannel(events, {
      frame: (frame) => this.#socket.send(frame),
      id,
      release: () => this.#say({ type: 'channel.close', channel: id }),
    });
    this.#channel = channel;
    this.#say({ type: 'channel.open', channel: id, ticket, params });
    return channel;
  }

  close(): void {
    clearTimeout(this.#silence);
    this.#channel = undefined;
    this.#socket.terminate();
  }

  #say(message: MessageOf<typeof fromPortal>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #received(data: Buffer, isBinary: boolean): void {
    this.#silence.refresh();
    try {
      if (isBinary) this.#frame(data);
      else this.#control(parseMessage(toPortal, data.toString('utf8')));
    } catch (error) {
      this.#end(error instanceof Failure ? error : new Failure('The hub said something that makes no sense.'));
    }
  }

  #control(message: MessageOf<typeof toPortal>): void {
    if (message.type === 'welcome') {
      this.#silence.refresh();
      this.#welcome.resolve(message.viewer);
    } else if (message.type === 'channel.closed' && message.channel === this.#channel?.id) {
      this.#channel.ended(new Refusal(message.code, message.message));
    } else if (message.type === 'session.ended') {
      this.#end(refusalOf(message.code));
    }
  }

  #frame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.channel !== this.#channel?.id) return;
    if (frame.type === 'credit') this.#channel.credit.grant(frame.bytes);
    else this.#channel.events.message(frame.payload);
  }

  #end(reason: Failure): void {
    clearTimeout(this.#silence);
    this.#welcome.promise.catch(() => undefined);
    this.#welcome.reject(reason);
    this.#channel?.ended(reason);
    this.#channel = undefined;
    this.#socket.terminate();
  }
}

/** One channel to the terminals of a device. */
export class PortalChannel {
  readonly id: number;
  readonly events: ChannelEvents;
  readonly credit = new Credit(windowOf('terminal'));
  readonly #ledger = new CreditLedger(windowOf('terminal'));
  readonly #carrier: { frame: (frame: Uint8Array) => void; release: () => void };
  #isOver = false;

  constructor(events: ChannelEvents, carrier: { id: number; frame: (frame: Uint8Array) => void; release: () => void }) {
    this.id = carrier.id;
    this.events = events;
    this.#carrier = carrier;
  }

  /** Waits for credit; false when the channel is over. One sender at a time. */
  async send(payload: Uint8Array): Promise<boolean> {
    while (!this.#isOver && !this.credit.take(payload.byteLength)) await this.credit.granted();
    if (!this.#isOver) this.#carrier.frame(encodeData(this.id, payload));
    return !this.#isOver;
  }

  consumed(size: number): void {
    const grant = this.#ledger.consume(size);
    if (grant > 0 && !this.#isOver) this.#carrier.frame(encodeCredit(this.id, grant));
  }

  /** Idempotent; no event follows. */
  close(): void {
    if (this.#isOver) return;
    this.#over();
    this.#carrier.release();
  }

  ended(reason: Failure): void {
    if (this.#isOver) return;
    this.#over();
    this.events.closed(reason);
  }

  #over(): void {
    this.#isOver = true;
    // Whoever waits to send finds out.
    this.credit.grant(0);
  }
}

function refusalOf(code: string): Failure {
  if (code === 'auth.session-ended') return new Refusal(code, "Your session has ended; use 'porthole login' again.");
  return new Refusal(isErrorCode(code) ? code : 'channel.closed', 'The connection to the hub was lost.');
}

function upgradeRefused(status: number | undefined): string {
  return status === 401
    ? "Your session has ended; use 'porthole login' again."
    : `The hub answered with status ${status}.`;
}
