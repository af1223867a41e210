import {
  backoff,
  decodeFrame,
  type ErrorCode,
  type FeatureName,
  type fromPortal,
  LIMITS,
  type MessageOf,
  PortholeError,
  parseMessage,
  toPortal,
  WireError,
} from '@porthole/protocol';
import { type Channel, type ChannelCarrier, LinkChannel, type MessageListener } from './channel.ts';

export type LinkPhase = 'connecting' | 'open' | 'reconnecting' | 'ended';
export type FromHub = MessageOf<typeof toPortal>;
export type ToHub = MessageOf<typeof fromPortal>;

export interface LinkEvents {
  phase(phase: LinkPhase): void;
  message(message: FromHub): void;
}

export interface LinkOptions {
  url: string;
  events: LinkEvents;
  /** How to open a socket; the platform's WebSocket unless told. */
  open?: (url: string) => WebSocket;
}

export interface ChannelOptions {
  ticket: string;
  feature: FeatureName;
  params: Record<string, string | number | boolean>;
  /** A message of the device. The bytes belong to the receiver. */
  message: MessageListener;
}

/** Round trips that count. */
const ROUND_TRIPS = 8;

/**
 * One connection of this page to the hub: control messages and channels. Reconnects by itself with full jitter; channels
 * do not survive a lost connection, their owner opens them again. Needs no DOM, so it runs in workers too.
 */
export class HubLink implements ChannelCarrier {
  readonly #options: LinkOptions;
  readonly #channels = new Map<number, LinkChannel>();
  #socket: WebSocket | undefined;
  #phase: LinkPhase = 'connecting';
  #viewer: string | undefined;
  #nextChannel = 1;
  #attempt = 0;
  #heardAt = 0;
  /** The last few, in ms. */
  #roundTrips: number[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #pulse: ReturnType<typeof setInterval>;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#pulse = setInterval(() => this.#checkPulse(), LIMITS.pingMs);
    this.#connect();
  }

  get phase(): LinkPhase {
    return this.#phase;
  }

  /** The hub's name for this connection's page; known from the welcome on until the connection is lost. */
  get viewer(): string | undefined {
    return this.#viewer;
  }

  /** The shortest of the last few round trips to the hub, in ms; undefined while none was measured. */
  get roundTrip(): number | undefined {
    return this.#roundTrips.length > 0 ? Math.min(...this.#roundTrips) : undefined;
  }

  /** Measures the round trip to the hub. */
  ping(): void {
    this.send({ type: 'ping', sentAt: now() });
  }

  /** Sends a control message; dropped while there is no connection. */
  send(message: ToHub): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  openChannel(options: ChannelOptions): Channel {
    const id = this.#nextChannel++;
    const channel = new LinkChannel(id, options.feature, this, options.message);
    if (this.#phase !== 'open') {
      channel.ended(new PortholeError('channel.closed'));
      return channel;
    }
    this.#channels.set(id, channel);
    this.send({ type: 'channel.open', channel: id, ticket: options.ticket, params: options.params });
    return channel;
  }

  /** Closes for good. */
  close(): void {
    this.#end('channel.closed');
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === 1) this.#socket.send(frame);
  }

  release(channel: number): void {
    if (this.#channels.delete(channel)) this.send({ type: 'channel.close', channel });
  }

  #connect(): void {
    const socket = this.#options.open?.(this.#options.url) ?? new WebSocket(this.#options.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.#received(socket, event.data);
    socket.onclose = () => this.#lost(socket);
    // An error is always followed by a close, which is where it is dealt with.
    socket.onerror = () => undefined;
  }

  #received(socket: WebSocket, data: string | ArrayBuffer): void {
    if (socket !== this.#socket) return;
    this.#heardAt = Date.now();
    try {
      if (typeof data === 'string') this.#control(parseMessage(toPortal, data));
      else this.#frame(new Uint8Array(data));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // A hub of another version, most likely: start over rather than guess.
      socket.close();
      this.#lost(socket);
    }
  }

  #control(message: FromHub): void {
    switch (message.type) {
      case 'welcome':
        this.#viewer = message.viewer;
        this.#attempt = 0;
        this.#options.events.message(message);
        this.#enter('open');
        return;
      case 'channel.opened':
        this.#channels.get(message.channel)?.confirmed();
        return;
      case 'channel.closed': {
        const channel = this.#channels.get(message.channel);
        this.#channels.delete(message.channel);
        channel?.ended(new PortholeError(message.code, message.message));
        return;
      }
      case 'session.ended':
        this.#options.events.message(message);
        this.#end(message.code);
        return;
      case 'pong':
        this.#roundTrips = [...this.#roundTrips, now() - message.sentAt].slice(-ROUND_TRIPS);
        return;
      default:
        this.#options.events.message(message);
    }
  }

  #frame(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    const channel = this.#channels.get(frame.channel);
    if (frame.type === 'data') channel?.received(frame.payload);
    else channel?.grant(frame.bytes);
  }

  /** A half-open connection never reports its end: two unanswered pings count as one. */
  #checkPulse(): void {
    const socket = this.#socket;
    if (!socket) return;
    if (Date.now() - this.#heardAt > LIMITS.pingMs * (LIMITS.pingMisses + 0.5)) {
      this.#lost(socket);
      socket.close();
    } else {
      this.ping();
    }
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#viewer = undefined;
    this.#endChannels('channel.closed');
    if (this.#phase === 'ended') return;
    this.#enter('reconnecting');
    const delay = backoff(this.#attempt++, Math.random());
    this.#retry = setTimeout(() => this.#connect(), delay);
  }

  #end(code: ErrorCode): void {
    clearInterval(this.#pulse);
    clearTimeout(this.#retry);
    this.#enter('ended');
    this.#endChannels(code);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #endChannels(code: ErrorCode): void {
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of channels) channel.ended(new PortholeError(code));
  }

  #enter(phase: LinkPhase): void {
    if (this.#phase === phase || this.#phase === 'ended') return;
    this.#phase = phase;
    this.#options.events.phase(phase);
  }
}

/** ms since 1970, monotonic, with fractions. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
