import {
  decodeScreen,
  ERRORS,
  encodeScreenReply,
  PATHS,
  PortholeError,
  type ScreenMessage,
  type ScreenReply,
  type ScreenState,
} from '@porthole/protocol';
import type { Channel } from '../../../base/channel.ts';
import { HubLink } from '../../../base/link.ts';
import { DeviceClock } from './clock.ts';
import { LatencyMeter, type PictureCost, type ScreenMetrics } from './latency.ts';
import { type AnyCanvas, ScreenRenderer } from './screenRenderer.ts';
import { fetchTicket } from './ticket.ts';

export type ScreenPhase = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'display-missing' | 'off' | 'refused';

/** What the client tells whoever shows the screen. Pictures are not among it: they go straight to the canvas. */
export type ScreenNews =
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

/**
 * Watches one device's screen on a connection of its own: receives, decodes, draws, acknowledges. Runs in a worker, or on the
 * page where the browser cannot draw elsewhere.
 */
export class ScreenClient {
  readonly #target: ScreenTarget;
  readonly #news: (news: ScreenNews) => void;
  readonly #renderer: ScreenRenderer;
  readonly #link: HubLink;
  readonly #timers: ReturnType<typeof setInterval>[];
  #clock = new DeviceClock();
  #meter = new LatencyMeter();
  #channel: Channel | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pictureBytes = 0;
  #isPaused = false;
  #opening = 0;

  constructor(canvas: AnyCanvas, target: ScreenTarget, news: (news: ScreenNews) => void) {
    this.#target = target;
    this.#news = news;
    this.#renderer = new ScreenRenderer(canvas);
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
    this.#renderer.resize(state.width, state.height);
    this.#news({ type: 'state', state });
    this.#news({ type: 'phase', phase: state.display === 'ok' ? 'live' : 'display-missing' });
  }

  #picture(update: Extract<ScreenMessage, { type: 'update' }>): void {
    const arrivedAt = localNow();
    const shown = this.#renderer.update(update);
    if (!shown) return;
    this.#reply({ type: 'ack', seq: update.seq, ...shown });
    const { decodeMs: decode, paintMs: paint } = shown;
    const { captureMs: capture, encodeMs: encode } = update;
    const noticedAt = this.#clock.toLocal(update.capturedAt);
    let cost: PictureCost | undefined;
    if (noticedAt !== undefined) {
      const relay = Math.max(0, arrivedAt - noticedAt - capture - encode);
      cost = { capture, encode, relay, decode, paint, total: capture + encode + relay + decode + paint };
    }
    this.#meter.shown(localNow(), this.#pictureBytes, cost);
    this.#pictureBytes = 0;
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
  return { phase: 'refused', error: { code, message: message || ERRORS[code].message } };
}

/** This page's clock: ms, monotonic, with fractions. */
function localNow(): number {
  return performance.timeOrigin + performance.now();
}
