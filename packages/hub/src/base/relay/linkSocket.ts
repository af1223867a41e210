import {
  type Corkable,
  decodeFrame,
  type ErrorCode,
  type Frame,
  GATHERED_BYTES,
  gatherWrites,
  type handshakeToAgent,
  LIMITS,
  type MessageOf,
  PortholeError,
  type toAgent,
  type toPortal,
  WireError,
} from '@porthole/protocol';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';

/** Every control message that the hub sends. */
export type FromHub = MessageOf<typeof toAgent> | MessageOf<typeof toPortal> | MessageOf<typeof handshakeToAgent>;

/** What the owner of a socket wants to hear. A thrown `WireError` or `PortholeError` closes the connection with that reason. */
export interface LinkHandlers {
  text(text: string): void;
  /** `raw` is the whole frame, header included; both are valid during the call only. */
  frame(frame: Frame, raw: Uint8Array): void;
  /** A heartbeat came, with a payload of that many bytes. */
  pulse?(bytes: number): void;
  closed(): void;
}

/** WebSocket close code of the application; the reason is a code of the error catalogue. */
const CLOSE_CODE = 4000;

/** Round trips that are measured at once. */
const MAX_PROBES = 64;

/**
 * One WebSocket of an agent or a portal: control messages as text, frames as binary, a ping of its own, and one way to end.
 * Whatever the other side does, nobody but its own owner is touched.
 */
export class LinkSocket {
  readonly #ws: WebSocket;
  readonly #handlers: LinkHandlers;
  readonly #log: Logger;
  readonly #gather: (() => void) | undefined;
  readonly #pulse: NodeJS.Timeout;
  /** Who waits for the pong of a number. */
  readonly #probes = new Map<string, (isAnswered: boolean) => void>();
  #lastProbe = 0;
  #shortestRoundTrip: number | undefined;
  #misses = 0;
  #isClosed = false;

  /** `wire` is what the socket is carried by; with it, small messages that are sent in one go are written in one. */
  constructor(ws: WebSocket, handlers: LinkHandlers, { log, wire }: { log: Logger; wire?: Corkable | undefined }) {
    this.#gather = wire && gatherWrites(wire, process.nextTick);
    this.#log = log;
    this.#ws = ws;
    this.#handlers = handlers;
    this.#pulse = setInterval(() => this.#beat(), LIMITS.pingMs);
    ws.on('message', (data, isBinary) => this.#received(data, isBinary));
    ws.on('pong', (data) => {
      this.#heard();
      this.#handlers.pulse?.(data.byteLength);
      this.#probes.get(data.toString('latin1'))?.(true);
    });
    ws.on('ping', (data) => {
      this.#heard();
      this.#handlers.pulse?.(data.byteLength);
    });
    ws.on('close', () => this.#ended());
    // The close event follows; an error without a listener would end the process.
    ws.on('error', () => ws.terminate());
  }

  /** Bytes that wait in this process for the network. */
  get buffered(): number {
    return this.#ws.bufferedAmount;
  }

  send(message: FromHub): void {
    if (!this.#isClosed) this.sendText(JSON.stringify(message));
  }

  /** The same for a message that is JSON already. */
  sendText(text: string): void {
    if (this.#isClosed) return;
    this.#gather?.();
    this.#ws.send(text);
  }

  sendFrame(frame: Uint8Array): void {
    if (this.#isClosed) return;
    // Writes that are gathered are copied together: of something large that would cost more than it saves.
    if (frame.byteLength < GATHERED_BYTES) this.#gather?.();
    this.#ws.send(frame);
  }

  /** The shortest way there and back that was measured so far, in ms: what the line takes when nothing is in the way. */
  get shortestRoundTrip(): number | undefined {
    return this.#shortestRoundTrip;
  }

  /** Measures how long a ping takes there and back, in ms; undefined when it is closed before, or too many are under way. */
  async roundTrip(): Promise<number | undefined> {
    if (this.#isClosed || this.#probes.size >= MAX_PROBES) return undefined;
    const name = String(++this.#lastProbe);
    const sentAt = performance.now();
    const { promise: answered, resolve } = Promise.withResolvers<boolean>();
    this.#probes.set(name, resolve);
    this.#ws.ping(name);
    const isAnswered = await answered;
    this.#probes.delete(name);
    if (!isAnswered) return undefined;
    const ms = performance.now() - sentAt;
    this.#shortestRoundTrip = Math.min(ms, this.#shortestRoundTrip ?? ms);
    return ms;
  }

  /** Says why, hangs up, and does not wait for the other side's consent. */
  close(code: ErrorCode): void {
    if (this.#isClosed) return;
    this.#ws.close(CLOSE_CODE, code);
    setTimeout(() => this.#ws.terminate(), 500).unref();
    this.#ended();
  }

  #received(data: RawData, isBinary: boolean): void {
    if (this.#isClosed) return;
    this.#heard();
    try {
      const bytes = data as Buffer;
      if (isBinary) this.#handlers.frame(decodeFrame(bytes), bytes);
      else if (bytes.byteLength > LIMITS.control) throw new PortholeError('message.too-large');
      else this.#handlers.text(bytes.toString('utf8'));
    } catch (error) {
      if (error instanceof WireError) this.close('message.invalid');
      else if (error instanceof PortholeError) this.close(error.code);
      else {
        // A fault of ours: whoever met it loses this connection, and nobody else anything.
        this.#log.error({ err: error }, 'a message could not be handled');
        this.close('internal');
      }
    }
  }

  #heard(): void {
    this.#misses = 0;
  }

  #beat(): void {
    if (this.#misses >= LIMITS.pingMisses) {
      this.#ws.terminate();
      return;
    }
    this.#misses++;
    // Where as many are under way as may be, those are its pings.
    void this.roundTrip();
  }

  #ended(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#pulse);
    for (const resolve of this.#probes.values()) resolve(false);
    this.#handlers.closed();
  }
}
