import { Readable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';
import type { FileChannel } from './fileChannel.ts';

/** Bytes that wait in front of the network besides the one message in hand. */
const HIGH_WATER = 64 * 1024;

/**
 * The content that comes over a channel, as the body of an answer. It owns the channel. Anything but exactly the promised
 * bytes is an error, so that a reader never takes a part for the whole.
 */
export class FileBody extends Readable {
  readonly #channel: FileChannel;
  #left: number;

  /** `length` is the bytes promised; left out where nobody knows. */
  constructor(channel: FileChannel, length = Number.POSITIVE_INFINITY) {
    super({ highWaterMark: HIGH_WATER });
    this.#channel = channel;
    this.#left = length;
  }

  override _read(): void {
    this.#pull().catch((error: Error) => this.destroy(error));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#channel.close();
    callback(error);
  }

  async #pull(): Promise<void> {
    for (;;) {
      const message = await this.#channel.next();
      if (message.type === 'item') continue;
      if (message.type === 'done') return this.#finish();
      if (message.bytes.byteLength === 0) continue;
      this.#left -= message.bytes.byteLength;
      if (this.#left < 0) throw new PortholeError('message.invalid');
      this.push(message.bytes);
      return;
    }
  }

  #finish(): void {
    if (this.#left > 0 && Number.isFinite(this.#left)) throw new PortholeError('file.changed');
    this.push(null);
  }
}
