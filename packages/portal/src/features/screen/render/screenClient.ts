import { ERRORS, type ErrorCode, PATHS, type PortholeError } from '@porthole/protocol';
import { asPortholeError } from '../../../base/asPortholeError.ts';
import type { Channel } from '../../../base/channel.ts';
import { HubLink } from '../../../base/link.ts';
import type { Painted } from './screenMeter.ts';
import type { ScreenNews, ScreenPhase, ScreenSettings, ScreenTarget } from './screenNews.ts';
import { ScreenStream } from './screenStream.ts';
import { fetchTicket } from './ticket.ts';

const METRICS_MS = 500;
const PING_MS = 2_000;
/** How often a screen that is not to be had is asked for again, when nobody says that it is worth trying sooner. */
const RETRY_MS = 3_000;

/** Watches one device's screen on a connection of its own, in a worker. */
export class ScreenClient {
  readonly #target: ScreenTarget;
  readonly #news: (news: ScreenNews) => void;
  readonly #stream: ScreenStream;
  readonly #link: HubLink;
  readonly #timers: ReturnType<typeof setInterval>[];
  #channel: Channel | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isPaused = false;
  #opening = 0;

  constructor(target: ScreenTarget, news: (news: ScreenNews) => void) {
    this.#target = target;
    this.#news = news;
    this.#stream = new ScreenStream({ settings: target.settings, news, roundTrip: () => this.#link.roundTrip });
    this.#timers = [
      setInterval(() => this.#stream.tellMetrics(), METRICS_MS),
      setInterval(() => this.#ping(), PING_MS),
    ];
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

  /** In force at once. */
  set(settings: ScreenSettings): void {
    const { shrink } = this.#target.settings;
    this.#target.settings = settings;
    if (settings.shrink !== shrink) this.retry();
    this.#stream.set(settings);
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

  /** A picture is on the canvas: only now may the next one after it come. */
  painted(painted: Painted): void {
    this.#stream.painted(painted);
  }

  /** A key went to the device at that moment. */
  keySent(at: number): void {
    this.#stream.keySent(at);
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#closeChannel();
    this.#link.close();
  }

  async #open(opening: number): Promise<void> {
    const { origin, deviceId, viewer, monitor, settings } = this.#target;
    try {
      const ticket = await fetchTicket(origin, deviceId, { feature: 'screen', viewer });
      if (opening !== this.#opening) return;
      const message = (bytes: Uint8Array) => this.#stream.received(bytes);
      const params = { monitor, shrink: settings.shrink };
      const channel = this.#link.openChannel({ ticket, feature: 'screen', params, message });
      this.#channel = channel;
      await channel.opened;
      if (this.#channel === channel) this.#stream.begin(channel);
      const reason = await channel.closed;
      if (this.#channel === channel) this.#unavailable(reason);
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#unavailable(asPortholeError(error));
    }
  }

  #closeChannel(): void {
    this.#opening++;
    clearTimeout(this.#retry);
    this.#stream.end();
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.close();
  }

  #unavailable(reason: PortholeError): void {
    this.#channel = undefined;
    this.#stream.end();
    // A lost connection announces itself, and opens again by itself.
    if (this.#link.phase !== 'open') return;
    this.#news({ type: 'phase', ...phaseOf(reason) });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.retry(), RETRY_MS);
  }

  #ping(): void {
    this.#link.ping();
    this.#stream.ping();
  }
}

function phaseOf({ code, message }: PortholeError): {
  phase: ScreenPhase;
  error?: { code: ErrorCode; message: string };
} {
  if (code === 'device.offline') return { phase: 'offline' };
  if (code === 'feature.off') return { phase: 'off' };
  // The page itself is still on its way back to the hub, which will know it by another name then.
  if (code === 'viewer.unknown') return { phase: 'reconnecting' };
  return { phase: 'refused', error: { code, message: message || ERRORS[code].message } };
}
