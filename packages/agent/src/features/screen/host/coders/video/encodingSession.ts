import type { CodecContext, Dictionary, Frame, Packet } from 'node-av/lib';
import { type Av, markBt709 } from './av.ts';
import { type Candidate, type EncoderTask, quantisersFor } from './candidates.ts';
import { DeviceUpload } from './deviceUpload.ts';
import { check } from './frameConverter.ts';
import type { RateLimits } from './shares.ts';
import { withinTime } from './withinTime.ts';

/** What left the encoder, as it is. */
export interface Coded {
  bytes: Uint8Array;
  key: boolean;
}

/** An encoder that takes longer for one picture hangs, in ms. */
const HANG_MS = 5_000;
/** How often a picture that is still in the making is asked for, a millisecond apart. */
const POLLS = 100;
/** As far apart as keys can be put for encoders that know no endless group. */
const LONGEST_GROUP = 65_535;

/** Contexts inside which a call never came back. To free one would take the process down; it is kept to the end instead. */
const hanging = new Set<unknown>();

/** One open codec context: pictures in, their bytes out, one for one. The opener owns it and closes it. */
export class EncodingSession {
  readonly candidate: Candidate;
  readonly #av: Av;
  readonly #context: CodecContext;
  /** The context looks into it for as long as it lives: were it collected, the process would crash. */
  readonly #dictionary: Dictionary;
  readonly #packet: Packet;
  readonly #upload: DeviceUpload | undefined;
  #pictures = 0n;
  #hangs = false;
  #isClosed = false;

  private constructor(av: Av, candidate: Candidate, task: EncoderTask) {
    this.#av = av;
    this.candidate = candidate;
    this.#upload = candidate.device && new DeviceUpload(av, candidate.device, task);
    this.#context = newContext(av, candidate, task);
    this.#upload?.attach(this.#context);
    this.#dictionary = av.Dictionary.fromObject(candidate.options(task));
    this.#packet = new av.Packet();
    this.#packet.alloc();
  }

  /** Rejects when the encoder is not there or does not work like this. */
  static async open(av: Av, candidate: Candidate, task: EncoderTask): Promise<EncodingSession> {
    const session = new EncodingSession(av, candidate, task);
    try {
      const opening = session.#context.open2(null, session.#dictionary);
      check(await session.#guard(opening), `${candidate.name} cannot be opened`);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** True until the first picture. */
  get isFresh(): boolean {
    return this.#pictures === 0n;
  }

  /** True when a call into the encoder never came back: what it was given must not be freed. */
  get hangs(): boolean {
    return this.#hangs;
  }

  /** From the next picture on; only for nimble encoders. */
  setLimits({ maxRate, bufferSize }: RateLimits): void {
    if (this.#context.rcMaxRate !== BigInt(maxRate)) this.#context.rcMaxRate = BigInt(maxRate);
    if (this.#context.rcBufferSize !== bufferSize) this.#context.rcBufferSize = bufferSize;
  }

  /** One at a time. Rejects when the encoder fails, hangs, or keeps the picture back. */
  async encode(frame: Frame, key: boolean): Promise<Coded> {
    frame.pts = this.#pictures++;
    frame.pictType = key ? this.#av.AV_PICTURE_TYPE_I : this.#av.AV_PICTURE_TYPE_NONE;
    const sent = this.#upload ? await this.#guard(this.#upload.send(frame, this.#context)) : await this.#send(frame);
    check(sent, `${this.candidate.name} refused a picture`);
    await this.#receive();
    const { data, isKeyframe } = this.#packet;
    const bytes = new Uint8Array(data ?? []);
    this.#packet.unref();
    if (bytes.byteLength === 0) throw new Error(`${this.candidate.name} made nothing of a picture`);
    return { bytes, key: isKeyframe };
  }

  /** Must not be called while a picture is coded. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#hangs) return;
    this.#context.freeContext();
    this.#upload?.close();
    this.#packet.free();
    this.#dictionary.free();
  }

  #send(frame: Frame): Promise<number> {
    return this.#guard(this.#context.sendFrame(frame));
  }

  async #receive(): Promise<void> {
    for (let poll = 0; poll < POLLS; poll++) {
      const code = await this.#guard(this.#context.receivePacket(this.#packet));
      if (code !== this.#av.AVERROR_EAGAIN) return check(code, `${this.candidate.name} failed`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error(`${this.candidate.name} keeps pictures back`);
  }

  async #guard(call: Promise<number>): Promise<number> {
    const code = await withinTime(call, HANG_MS);
    if (code !== undefined) return code;
    this.#hangs = true;
    hanging.add(this);
    throw new Error(`${this.candidate.name} hangs`);
  }
}

function newContext(av: Av, candidate: Candidate, task: EncoderTask): CodecContext {
  const codec = av.Codec.getCodecList().find((known) => known.name === candidate.name && known.isEncoder());
  if (!codec) throw new Error(`this FFmpeg has no ${candidate.name}`);
  const context = new av.CodecContext();
  context.allocContext3(codec);
  context.width = task.width;
  context.height = task.height;
  context.pixelFormat = candidate.pixels === 'nv12' ? av.AV_PIX_FMT_NV12 : av.AV_PIX_FMT_YUV420P;
  context.timeBase = new av.Rational(1, task.nominalFps);
  context.framerate = new av.Rational(task.nominalFps, 1);
  context.gopSize = LONGEST_GROUP;
  context.maxBFrames = 0;
  markBt709(av, context);
  const { finest, coarsest } = quantisersFor(task);
  context.qMin = finest;
  context.qMax = coarsest;
  context.rcMaxRate = BigInt(task.limits.maxRate);
  context.rcBufferSize = task.limits.bufferSize;
  context.threadCount = task.threads;
  context.threadType = av.FF_THREAD_SLICE;
  if (!candidate.isNimble) {
    context.setFlags(av.AV_CODEC_FLAG_LOW_DELAY);
    context.bitRate = BigInt(task.limits.maxRate);
    context.profile = task.baseline ? av.AV_PROFILE_H264_BASELINE : av.AV_PROFILE_H264_MAIN;
  }
  return context;
}
