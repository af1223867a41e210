import {
  decodeScreen,
  ERRORS,
  encodeScreenReply,
  PATHS,
  PortholeError,
  type ScreenMessage,
  type ScreenReply,
  type ScreenState,
  type ScreenUpdate,
} from '@porthole/protocol';
import type { Channel } from '../../../base/channel.ts';
import { HubLink } from '../../../base/link.ts';
import { DeviceClock } from './clock.ts';
import { LatencyMeter, type PictureCost, type ScreenMetrics } from './latency.ts';
import { type Picture, PictureAssembler } from './pictureAssembler.ts';
import { fetchTicket } from './ticket.ts';

export type ScreenPhase = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'display-missing' | 'off' | 'refused';

/** What the client tells whoever shows the screen. Every picture is answered by `painted`. */
export type ScreenNews =
  | ({ type: 'picture' } & Picture)
  | { type: 'phase'; phase: ScreenPhase; error?: { code: string; message: string } }
  | { type: 'state'; state: ScreenState }
  | { type: 'metrics'; metrics: ScreenMetrics | null }
  | { type: 'cursor'; width: number; height: number; hotX: number; hotY: number; rgba: Uint8Array }
  | { type: 'pointer'; x: number; y: number };

export interface ScreenTarget {
  /** Origin of the hub, `https://host:port`. */
  origin: string;
  deviceId: string;
  /** The page's name at the hub. */
  viewer: string;
  monitor: string;
}

const METRICS_MS = 500;
const PING_MS = 2_000;
/** How often a screen that is not to be had is asked for again, when nobody says that it is worth trying sooner. */
const RETRY_MS = 3_000;

/** What is known of a picture before it is painted. */
interface Underway {
  bytes: number;
  cost: Omit<PictureCost, 'paint' | 'total'> | undefined;
  decodeMs: number;
}

/** Watches one device's screen on a connection of its own, in a worker: receives, decodes, acknowledges what was painted. */
export class ScreenClient {
  readonly #target: ScreenTarget;
  readonly #news: (news: ScreenNews) => void;
  readonly #assembler = new PictureAssembler();
  readonly #link: HubLink;
  readonly #timers: ReturnType<typeof setInterval>[];
  #clock = new DeviceClock();
  #meter = new LatencyMeter();
  #channel: Channel | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #underway = new Map<number, Underway>();
  #pictureBytes = 0;
  #isPaused = false;
  #opening = 0;

  constructor(target: ScreenTarget, news: (news: ScreenNews) => void) {
    this.#target = target;
    this.#news = news;
    this.#timers = [setInterval(() => this.#tellMetrics(), METRICS_MS), setInterval(() => this.#ping(), PING_MS)];
    this.#link = new HubLink({
      url: new URL(PATHS.portalSocket, target.origin.replace(/^http/, 'ws')).href,
      events: {
        phase: (phase) => {
          if (phase === 'open') this.retry();
          else if (phase === 'reconnecting') this.#news({ type: 'phase', phase });
        },
        message: () => undefined,
      },
    });
  }

  /** Shows another monitor; '' is the whole display. */
  select(monitor: string): void {
    this.#target.monitor = monitor;
    this.retry();
  }

  /** While nobody can see it, nothing is sent. */
  pause(paused: boolean): void {
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    if (paused) this.#closeChannel();
    else this.retry();
  }

  /** Opens the channel anew: something changed that makes it worth trying. */
  retry(): void {
    this.#closeChannel();
    if (!this.#isPaused && this.#link.phase === 'open') void this.#open(++this.#opening);
  }

  /** A picture is on the canvas: only now may the next one after it come. `paintMs` is what that cost. */
  painted(seq: number, paintMs: number): void {
    const underway = this.#underway.get(seq);
    if (!underway) return;
    this.#underway.delete(seq);
    const { bytes, cost, decodeMs } = underway;
    this.#reply({ type: 'ack', seq, decodeMs, paintMs });
    const { capture = 0, encode = 0, relay = 0, decode = 0 } = cost ?? {};
    const total = capture + encode + relay + decode + paintMs;
    this.#meter.shown(localNow(), bytes, cost && { ...cost, paint: paintMs, total });
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#closeChannel();
    this.#link.close();
  }

  async #open(opening: number): Promise<void> {
    const { origin, deviceId, viewer, monitor } = this.#target;
    try {
      const ticket = await fetchTicket(origin, deviceId, { feature: 'screen', viewer });
      if (opening !== this.#opening) return;
      const message = (bytes: Uint8Array) => this.#received(bytes);
      const channel = this.#link.openChannel({ ticket, feature: 'screen', params: { monitor }, message });
      this.#channel = channel;
      await channel.opened;
      this.#ping();
      const reason = await channel.closed;
      if (this.#channel === channel) this.#unavailable(reason);
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#unavailable(error instanceof PortholeError ? error : new PortholeError('internal'));
    }
  }

  #closeChannel(): void {
    this.#opening++;
    clearTimeout(this.#retry);
    this.#underway.clear();
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.close();
  }

  #unavailable(reason: PortholeError): void {
    this.#channel = undefined;
    // A lost connection announces itself, and opens again by itself.
    if (this.#link.phase !== 'open') return;
    this.#news({ type: 'phase', ...phaseOf(reason) });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.retry(), RETRY_MS);
  }

  #received(bytes: Uint8Array): void {
    this.#pictureBytes += bytes.byteLength;
    const message = decodeScreen(bytes);
    switch (message.type) {
      case 'state':
        return this.#stateChanged(message.state);
      case 'update':
        return this.#picture(message);
      case 'cursor': {
        const { type, width, height, hotX, hotY } = message;
        return this.#news({ type, width, height, hotX, hotY, rgba: message.rgba.slice() });
      }
      case 'pointer':
        return this.#news(message);
      case 'pong':
        return this.#clock.sample(message.sentAt, localNow(), message.deviceAt);
    }
  }

  #stateChanged(state: ScreenState): void {
    this.#news({ type: 'state', state });
    this.#news({ type: 'phase', phase: state.display === 'ok' ? 'live' : 'display-missing' });
  }

  #picture(update: Extract<ScreenMessage, { type: 'update' }>): void {
    const arrivedAt = localNow();
    const picture = this.#assembler.add(update);
    if (!picture) return;
    const { seq, decodeMs } = picture;
    this.#underway.set(seq, {
      bytes: this.#pictureBytes,
      decodeMs,
      cost: this.#costUntilPaint(update, arrivedAt, decodeMs),
    });
    this.#pictureBytes = 0;
    this.#news({ type: 'picture', ...picture });
  }

  /** Undefined until the two clocks are compared. */
  #costUntilPaint(update: ScreenUpdate, arrivedAt: number, decode: number): Underway['cost'] {
    const { captureMs: capture, encodeMs: encode } = update;
    const noticedAt = this.#clock.toLocal(update.capturedAt);
    if (noticedAt === undefined) return undefined;
    return { capture, encode, relay: Math.max(0, arrivedAt - noticedAt - capture - encode), decode };
  }

  #tellMetrics(): void {
    this.#news({ type: 'metrics', metrics: this.#meter.read(localNow()) });
  }

  #ping(): void {
    this.#reply({ type: 'ping', sentAt: localNow() });
  }

  #reply(reply: ScreenReply): void {
    this.#channel?.send(encodeScreenReply(reply));
  }
}

function phaseOf({ code, message }: PortholeError): { phase: ScreenPhase; error?: { code: string; message: string } } {
  if (code === 'device.offline') return { phase: 'offline' };
  if (code === 'feature.off') return { phase: 'off' };
  // The page itself is still on its way back to the hub, which will know it by another name then.
  if (code === 'viewer.unknown') return { phase: 'reconnecting' };
  return { phase: 'refused', error: { code, message: message || ERRORS[code].message } };
}

/** This page's clock: ms, monotonic, with fractions. */
function localNow(): number {
  return performance.timeOrigin + performance.now();
}
