import { availableParallelism } from 'node:os';
import type { Frame } from 'node-av/lib';
import type { Pixels } from '../../../backend.ts';
import { prepareKey } from './accessUnit.ts';
import type { Av } from './av.ts';
import { type Candidate, threadsFor } from './candidates.ts';
import { EncodingSession } from './encodingSession.ts';
import { FrameConverter } from './frameConverter.ts';
import { KEY_SHARES, limitsOf, type Rate, type RateLimits, worthReopening } from './shares.ts';
import type { VideoEncoder, VideoFrame } from './videoEncoder.ts';

/** What an encoder is opened with. */
export interface H264Options extends Rate {
  width: number;
  height: number;
  /** The viewer decodes the baseline profile only. */
  baseline: boolean;
  /** The encoder broke. */
  failed?: () => void;
}

const MAX_FPS = 120;

/** H.264 of one candidate. Keys of a nimble one begin a new session, those of others are forced in the one that runs. */
export class H264Encoder implements VideoEncoder {
  readonly #av: Av;
  readonly #candidate: Candidate;
  readonly #options: H264Options;
  readonly #converter: FrameConverter;
  readonly #threads: number;
  readonly #nominalFps: number;
  #session: EncodingSession | undefined;
  /** What the session was opened for. */
  #opened: Rate;
  #rate: Rate;
  #codec = '';
  /** The stream has not begun: what was coded so far was a trial. */
  #isTrial = true;
  #isBusy = false;
  #isClosed = false;

  private constructor(av: Av, candidate: Candidate, options: H264Options) {
    const { width, height, bytesPerSecond, fps } = options;
    this.#av = av;
    this.#candidate = candidate;
    this.#options = options;
    this.#nominalFps = Math.max(1, Math.min(MAX_FPS, Math.round(fps)));
    this.#threads = threadsFor(width * height, availableParallelism());
    this.#converter = new FrameConverter(av, { width, height, pixels: candidate.pixels, threads: this.#threads });
    this.#rate = { bytesPerSecond, fps };
    this.#opened = this.#rate;
  }

  /** Opens it and codes one picture, to know that it works and what it makes. Rejects when it does not. */
  static async open(av: Av, candidate: Candidate, options: H264Options): Promise<H264Encoder> {
    const encoder = new H264Encoder(av, candidate, options);
    try {
      await encoder.#try();
      return encoder;
    } catch (error) {
      encoder.close();
      throw error;
    }
  }

  get codec(): string {
    return this.#codec;
  }

  get encoder(): string {
    return this.#candidate.name;
  }

  setRate(bytesPerSecond: number, fps: number): void {
    if (bytesPerSecond > 0 && fps > 0) this.#rate = { bytesPerSecond, fps };
  }

  async encode(pixels: Pixels, { key }: { key: boolean }): Promise<VideoFrame> {
    if (this.#isClosed) throw new Error('the encoder is closed');
    if (this.#isBusy) throw new Error('the encoder is busy with another picture');
    checkPixels(pixels, this.#options);
    this.#isBusy = true;
    try {
      return await this.#code(await this.#converter.convert(pixels), key);
    } catch (error) {
      this.#options.failed?.();
      throw error;
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) this.#free();
    }
  }

  /** Idempotent. A picture that is being coded is finished first. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isBusy) this.#free();
  }

  async #try(): Promise<void> {
    const { width, height } = this.#options;
    const black = { data: new Uint8Array(width * height * 4), stride: width * 4, width, height };
    await this.encode(black, { key: true });
    this.#isTrial = true;
    // Opened now, the first picture need not wait for it.
    await this.#sessionFor(true);
  }

  async #code(frame: Frame, key: boolean): Promise<VideoFrame> {
    const isKey = key || this.#isTrial;
    const session = await this.#sessionFor(isKey);
    if (this.#candidate.isNimble) session.setLimits(this.#limits(session.isFresh));
    const coded = await session.encode(frame, isKey || session.isFresh);
    this.#isTrial = false;
    if (!coded.key) return coded;
    const { bytes, codec } = prepareKey(coded.bytes);
    this.#codec = codec;
    return { bytes, key: true };
  }

  async #sessionFor(key: boolean): Promise<EncodingSession> {
    const session = this.#session;
    const isStale = this.#candidate.isNimble ? key : worthReopening(this.#opened, this.#rate);
    if (session && (!isStale || session.isFresh)) return session;
    this.#session = undefined;
    session?.close();
    return await this.#openSession();
  }

  async #openSession(): Promise<EncodingSession> {
    const { width, height, baseline } = this.#options;
    const limits = this.#limits(true);
    const task = { width, height, baseline, nominalFps: this.#nominalFps, limits, threads: this.#threads };
    this.#opened = this.#rate;
    this.#session = await EncodingSession.open(this.#av, this.#candidate, task);
    return this.#session;
  }

  /** A nimble encoder makes a key only as the first picture of a session, and may spend more on that one. */
  #limits(isFirst: boolean): RateLimits {
    return limitsOf(this.#rate, this.#nominalFps, isFirst && this.#candidate.isNimble ? KEY_SHARES : 1);
  }

  #free(): void {
    this.#session?.close();
    // Whoever hangs may still read the frame.
    if (!this.#session?.hangs) this.#converter.close();
  }
}

function checkPixels({ data, stride, width, height }: Pixels, size: { width: number; height: number }): void {
  const fits = width === size.width && height === size.height && stride >= width * 4;
  if (!fits || data.byteLength < (height - 1) * stride + width * 4) throw new RangeError('pixels of another size');
}
