import { Coder, decodeScreen, encodeScreenReply, type ScreenReply, type ScreenState } from '@porthole/protocol';
import type { Channel } from '../../../base/channel.ts';
import { Answers } from './answers.ts';
import { findCodecs } from './findCodecs.ts';
import { openKernel } from './openKernel.ts';
import { PictureQueue, type QueuedPicture } from './pictureQueue.ts';
import { RectDecoder } from './rectDecoder.ts';
import { localNow, type Painted, ScreenMeter } from './screenMeter.ts';
import type { ScreenNews, ScreenSettings } from './screenNews.ts';
import { VideoError } from './videoStreams.ts';
import { Wholeness } from './wholeness.ts';

/** Pictures that the page may have unpainted: one that it paints, and one that waits. */
const MAX_UNPAINTED = 2;
/** Failures of video in a row after which this viewer does without. */
const MAX_VIDEO_FAILURES = 2;

export interface ScreenStreamOptions {
  settings: ScreenSettings;
  news(news: ScreenNews): void;
  /** Round trip of the connection to the hub in ms; undefined while unknown. */
  roundTrip(): number | undefined;
}

/** What is said on a screen channel, both ways: pictures are decoded, acknowledged and asked for again. Outlives its channels. */
export class ScreenStream {
  readonly #options: ScreenStreamOptions;
  readonly #decoder = new RectDecoder();
  readonly #queue: PictureQueue;
  readonly #wholeness: Wholeness;
  readonly #meter = new ScreenMeter();
  readonly #answers = new Answers((ack) => this.#reply(ack));
  /** The channel once hub and agent agreed; nothing is sent before. */
  #channel: Channel | undefined;
  #settings: ScreenSettings;
  #display = { width: 0, height: 0 };
  #codecs: string[] = [];
  #videoFailures = 0;

  constructor(options: ScreenStreamOptions) {
    this.#options = options;
    this.#settings = options.settings;
    void openKernel().then((kernel) => this.#decoder.accelerate(kernel));
    this.#queue = new PictureQueue(this.#decoder, {
      decoded: (picture) => this.#decoded(picture),
      lost: (reason) => this.#lost(reason),
    });
    this.#wholeness = new Wholeness((sentAt) => {
      this.#reply({ type: 'refresh' });
      this.#reply({ type: 'ping', sentAt });
    }, localNow);
    void findCodecs().then((codecs) => this.#offer(codecs));
  }

  /** Hub and agent agreed on this channel. */
  begin(channel: Channel): void {
    this.#channel = channel;
    this.#wish();
    this.ping();
  }

  /** The channel is over; nothing of it is shown any more. */
  end(): void {
    this.#channel = undefined;
    this.#queue.clear();
    this.#meter.reset();
    this.#answers.reset();
    this.#queue.hold(false);
    this.#wholeness.reset();
  }

  /** In force at once, but for `shrink`, which is fixed when a channel opens. */
  set(settings: ScreenSettings): void {
    this.#settings = settings;
    this.#wish();
  }

  /** One message of the device. Throws `WireError` when it is none. */
  received(bytes: Uint8Array): void {
    const message = decodeScreen(bytes);
    switch (message.type) {
      case 'state':
        return this.#stateChanged(message.state);
      case 'update':
        return this.#queue.add(message, bytes.byteLength);
      case 'cursor': {
        const { type, width, height, hotX, hotY } = message;
        return this.#options.news({ type, width, height, hotX, hotY, rgba: message.rgba.slice() });
      }
      case 'pointer':
        return this.#options.news(message);
      case 'pong':
        this.#wholeness.answered(message.sentAt);
        return this.#meter.compare(message);
    }
  }

  /** A picture is on the canvas: only now may the next one after it come. */
  painted(painted: Painted): void {
    const { seq, paintMs, used } = painted;
    this.#decoder.recycle(used);
    const known = this.#meter.painted(painted);
    if (!known) return;
    this.#answers.painted({ seq, decodeMs: known.decodeMs, paintMs }, known.delayAck);
    this.#queue.hold(this.#meter.unpainted >= MAX_UNPAINTED);
  }

  /** A key went to the device at that moment. */
  keySent(at: number): void {
    this.#meter.keySent(at);
  }

  /** Compares the clocks. */
  ping(): void {
    this.#reply({ type: 'ping', sentAt: localNow() });
  }

  tellMetrics(): void {
    this.#options.news({ type: 'metrics', metrics: this.#meter.read() });
  }

  #stateChanged(state: ScreenState): void {
    const { width, height, display } = state;
    if (width !== this.#display.width || height !== this.#display.height) {
      this.#display = { width, height };
      // What was made for another size is not worth showing; the device begins anew, and must have room for it.
      const seq = this.#queue.clear();
      if (seq !== undefined) this.#answers.skipped(seq);
    }
    const { shrink } = this.#settings;
    this.#queue.resize({ width: Math.ceil(width / shrink), height: Math.ceil(height / shrink) });
    this.#options.news({ type: 'state', state });
    this.#options.news({ type: 'phase', phase: display === 'ok' ? 'live' : 'display-missing' });
  }

  #decoded(picture: QueuedPicture): void {
    const { seq, steps, decodeMs } = picture;
    if (steps.some((step) => step.coder === Coder.video)) this.#videoFailures = 0;
    this.#meter.decoded(picture, this.#options.roundTrip());
    this.#queue.hold(this.#meter.unpainted >= MAX_UNPAINTED);
    const exact = picture.exact && this.#wholeness.isWhole;
    this.#options.news({ type: 'picture', seq, exact, steps, decodeMs, shrink: this.#settings.shrink });
  }

  #lost(reason: unknown): void {
    if (reason instanceof VideoError && ++this.#videoFailures === MAX_VIDEO_FAILURES) this.#offer([]);
    this.#wholeness.lost();
  }

  #offer(codecs: string[]): void {
    this.#codecs = codecs;
    this.#options.news({ type: 'codecs', codecs });
    this.#wish();
  }

  #wish(): void {
    const { picture, maxFps, maxKBps } = this.#settings;
    this.#reply({ type: 'wish', wishes: { codecs: this.#codecs, picture, maxFps, maxKBps } });
  }

  #reply(reply: ScreenReply): void {
    this.#channel?.send(encodeScreenReply(reply));
  }
}
