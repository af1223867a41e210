import { type CodedRect, WireError } from '@porthole/protocol';
import { sameRect, type VideoUnit } from './videoUnits.ts';

/** Streams that are decoded at the same time; the one that was silent longest makes room for another. */
const MAX_STREAMS = 4;
/** Frames that one decoder may owe. */
const MAX_WAITING = 64;

/** The decoder does not take what it is given, as opposed to a stream that is not there: worth doing without. */
export class VideoError extends Error {
  override readonly name = 'VideoError';
}

interface Stream {
  decoder: VideoDecoder;
  codec: string;
  rect: CodedRect;
  /** By timestamp, in the order in which they were asked for. */
  waiting: Map<number, PromiseWithResolvers<VideoFrame>>;
}

/** The video decoders of one screen, one per stream number. Frames come out as they went in, one for one. */
export class VideoStreams {
  /** The one used last stands last. */
  readonly #streams = new Map<number, Stream>();
  #count = 0;

  /**
   * Decodes one frame; whoever gets it closes it. Rejects with `WireError` when the stream has not begun, with
   * `VideoError` when the decoder fails; the stream is over then until its next key.
   */
  decode(unit: VideoUnit): Promise<VideoFrame> {
    const stream = unit.key ? this.#begin(unit) : this.#continue(unit);
    if (stream.waiting.size >= MAX_WAITING) throw new WireError('video decoder is behind');
    const timestamp = ++this.#count;
    const result = Promise.withResolvers<VideoFrame>();
    stream.waiting.set(timestamp, result);
    const type = unit.key ? 'key' : 'delta';
    // A failure ends the stream, and with it this promise.
    this.#attempt(unit.stream, () => {
      stream.decoder.decode(new EncodedVideoChunk({ type, timestamp, data: unit.bytes }));
    });
    return result.promise;
  }

  /** Gives up what is under way; every stream needs a key to go on. Answers whether a decoder owed frames. */
  reset(): boolean {
    const owed = [...this.#streams.values()].some(({ waiting }) => waiting.size > 0);
    for (const number of [...this.#streams.keys()]) this.#end(number, new WireError('given up'));
    return owed;
  }

  #begin({ stream: number, codec, rect }: VideoUnit): Stream {
    const known = this.#streams.get(number);
    this.#streams.delete(number);
    const stream = known ?? this.#create(number);
    this.#streams.set(number, stream);
    if (stream.codec !== codec || !sameRect(stream.rect, rect)) {
      Object.assign(stream, { codec, rect });
      const failure = this.#attempt(number, () => stream.decoder.configure({ codec, optimizeForLatency: true }));
      if (failure) throw failure;
    }
    return stream;
  }

  #continue({ stream: number, rect }: VideoUnit): Stream {
    const stream = this.#streams.get(number);
    if (!stream || !sameRect(stream.rect, rect)) throw new WireError('video without its key');
    this.#streams.delete(number);
    this.#streams.set(number, stream);
    return stream;
  }

  #create(number: number): Stream {
    if (typeof VideoDecoder === 'undefined') throw new VideoError('no video decoder');
    const [oldest] = this.#streams.keys();
    if (oldest !== undefined && this.#streams.size >= MAX_STREAMS) this.#end(oldest, new WireError('too many streams'));
    const waiting: Stream['waiting'] = new Map();
    const decoder = new VideoDecoder({
      output: (frame) => {
        const result = waiting.get(frame.timestamp);
        waiting.delete(frame.timestamp);
        if (result) result.resolve(frame);
        else frame.close();
      },
      error: (error) => this.#failed(number, decoder, error),
    });
    return { decoder, codec: '', rect: NOWHERE, waiting };
  }

  /** A decoder throws at once when a codec is nonsense, and tells later when it is merely unknown to it. */
  #attempt(number: number, step: () => void): VideoError | undefined {
    try {
      step();
      return undefined;
    } catch (error) {
      const failure = new VideoError(String(error));
      this.#end(number, failure);
      return failure;
    }
  }

  #failed(number: number, decoder: VideoDecoder, error: DOMException): void {
    if (this.#streams.get(number)?.decoder === decoder) this.#end(number, new VideoError(error.message));
  }

  #end(number: number, reason: Error): void {
    const stream = this.#streams.get(number);
    this.#streams.delete(number);
    if (!stream) return;
    if (stream.decoder.state !== 'closed') stream.decoder.close();
    for (const result of stream.waiting.values()) result.reject(reason);
    stream.waiting.clear();
  }
}

const NOWHERE: CodedRect = { x: 0, y: 0, width: 0, height: 0, coder: 6, bytes: new Uint8Array() };
