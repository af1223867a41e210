import type { CodecContext, Frame, Packet, Stream } from 'node-av/lib';
import { type Av, check, setOptions } from './av.ts';

/** A small file can claim to hold huge pictures. */
export const MAX_PIXELS = 100e6;

/** Turns packets of a stream into frames. What cannot be decoded is left out, as players do. */
export class Decoder {
  readonly #context: CodecContext;
  readonly #frame: Frame;

  constructor(av: Av, stream: Stream) {
    const codec = av.Codec.findDecoder(stream.codecpar.codecId);
    if (!codec) throw new Error('no decoder');
    this.#frame = new av.Frame();
    this.#frame.alloc();
    this.#context = new av.CodecContext();
    this.#context.allocContext3(codec);
    check(stream.codecpar.toContext(this.#context), 'its coding is not known');
    this.#context.pktTimebase = stream.timeBase;
    setOptions(this.#context, { max_pixels: MAX_PIXELS, threads: 'auto' });
    check(this.#context.open2Sync(codec), 'its coding is not known');
  }

  /** Calls `took` with each frame that comes out; null is the end of the stream. The frame is valid during the call only. */
  decode(packet: Packet | null, took: (frame: Frame) => void): void {
    this.#context.sendPacketSync(packet);
    while (this.#context.receiveFrameSync(this.#frame) >= 0) {
      took(this.#frame);
      this.#frame.unref();
    }
  }

  close(): void {
    this.#frame.free();
    this.#context.freeContext();
  }
}
