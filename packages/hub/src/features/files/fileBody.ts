import { Readable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';
import type { FileChannel } from './fileChannel.ts';
import type { Pace } from './pacing/pace.ts';

/** Bytes that wait in front of the network besides the one message in hand. */
const HIGH_WATER = 64 * 1024;

const NOTHING = new Uint8Array(0);

export interface FileBodyOptions {
  length?: number;
  /** What holds it back for the sake of more urgent things on the same line. */
  pace?: Pace | undefined;
}

/**
 * The content that comes over a channel, as the body of an answer. It owns the channel. Anything but exactly the promised
 * bytes is an error, so that a reader never takes a part for the whole.
 */
export class FileBody extends Readable {
  readonly #channel: FileChannel;
  readonly #pace: Pace | undefined;
  #left: number;
  /** What came and was not handed on yet. */
  #inHand: Uint8Array = NOTHING;

  /** `length` is the bytes promised; left out where nobody knows. */
  constructor(channel: FileChannel, { length = Number.POSITIVE_INFINITY, pace }: FileBodyOptions = {}) {
    super({ highWaterMark: HIGH_WATER });
    this.#channel = channel;
    this.#left = length;
    this.#pace = pace;
  }

  override _read(): void {
    this.#pull().catch((error: Error) => this.destroy(error));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#channel.close();
    callback(error);
  }

  async #pull(): Promise<void> {
    while (this.#inHand.byteLength === 0) {
      const message = await this.#channel.next();
      if (message.type === 'item') continue;
      if (message.type === 'done') return this.#finish();
      this.#left -= message.bytes.byteLength;
      if (this.#left < 0) throw new PortholeError('message.invalid');
      this.#inHand = message.bytes;
    }
    const length = (await this.#pace?.take(this.#inHand.byteLength)) ?? this.#inHand.byteLength;
    const piece = this.#inHand.subarray(0, length);
    this.#inHand = this.#inHand.subarray(length);
    this.push(piece);
  }

  #finish(): void {
    if (this.#left > 0 && Number.isFinite(this.#left)) throw new PortholeError('file.changed');
    this.push(null);
  }
}
