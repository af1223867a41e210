import type { FFEncoderCodec } from 'node-av/constants';
import type { CodecContext, Frame, Packet, Stream } from 'node-av/lib';
import { type Av, check, setOptions } from '../../thumbnails/host/av.ts';
import { type Target, TrackWriter } from './track.ts';

export interface EncoderOptions {
  /** As FFmpeg calls it. */
  name: FFEncoderCodec;
  settings: Record<string, string | number>;
  /** Sets sizes and rates before it is opened. */
  prepare(context: CodecContext): void;
}

/** Turns frames into a new stream of the output. */
export class Encoder {
  readonly #context: CodecContext;
  readonly #packet: Packet;
  readonly #writer: TrackWriter;

  constructor(target: Target, { name, settings, prepare }: EncoderOptions) {
    const { av, output } = target;
    const codec = av.Codec.findEncoderByName(name);
    if (!codec) throw new Error('no encoder');
    this.#packet = new av.Packet();
    this.#packet.alloc();
    this.#context = new av.CodecContext();
    this.#context.allocContext3(codec);
    prepare(this.#context);
    this.#context.setFlags(av.AV_CODEC_FLAG_GLOBAL_HEADER);
    setOptions(this.#context, settings);
    check(this.#context.open2Sync(codec), 'the encoder does not open');
    const stream = this.#newStream(output);
    this.#writer = new TrackWriter(target, stream, this.#context.timeBase);
  }

  /** Samples of a frame, for sound. */
  get frameSize(): number {
    return this.#context.frameSize;
  }

  get timeBase(): { num: number; den: number } {
    return this.#context.timeBase;
  }

  /** Null is the end. */
  encode(frame: Frame | null): void {
    this.#context.sendFrameSync(frame);
    while (this.#context.receivePacketSync(this.#packet) >= 0) {
      this.#writer.write(this.#packet);
      this.#packet.unref();
    }
  }

  close(): void {
    this.#packet.free();
    this.#context.freeContext();
  }

  #newStream(output: Target['output']): Stream {
    const stream = output.newStream(null);
    check(stream.codecpar.fromContext(this.#context), 'no parameters');
    stream.timeBase = this.#context.timeBase;
    return stream;
  }
}

/** One second in `parts`. */
export function secondIn(av: Av, parts: number) {
  return new av.Rational(1, parts);
}
