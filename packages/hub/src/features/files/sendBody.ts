import type { Readable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';
import type { FileChannel } from './fileChannel.ts';
import type { Pace } from './pacing/pace.ts';

/** A body that stands still for so long is given up, in ms. */
const IDLE_MS = 60_000;

export interface BodyBounds {
  /** Bytes that may come. */
  limit: number;
  /** What holds it back for the sake of more urgent things on the same line: what is not read here, the sender keeps. */
  pace?: Pace | undefined;
}

/**
 * Passes a request's body on to the device, at the device's pace: the network is read only while the device has room.
 * Ends early when the device has answered. Returns the bytes. Throws `request.too-large` beyond `limit`, `request.invalid` for a body that broke off, or the reason
 * why the channel ended. What was not read then is thrown away, so that the answer can still be sent.
 */
export async function sendBody(body: Readable, channel: FileChannel, { limit, pace }: BodyBounds): Promise<number> {
  const chunks = new BodyChunks(body, channel.answered);
  let sent = 0;
  try {
    for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) {
      sent += chunk.byteLength;
      if (sent > limit) throw new PortholeError('request.too-large');
      for (let left = chunk.byteLength; pace && left > 0; ) left -= await pace.take(left);
      await channel.sendBytes(chunk);
    }
    return sent;
  } finally {
    chunks.close();
  }
}

/** A body read piece by piece, without ending the connection that the answer has to go back on. */
class BodyChunks {
  readonly #body: Readable;
  #over = false;
  #wake: () => void = () => undefined;

  constructor(body: Readable, over: Promise<void>) {
    this.#body = body;
    for (const event of ['readable', 'end', 'error', 'close']) body.on(event, this.#heard);
    void over.then(() => {
      this.#over = true;
      this.#heard();
    });
  }

  /** Undefined at the end, and when nobody takes any more. */
  async next(): Promise<Uint8Array | undefined> {
    const idle = setTimeout(() => this.#body.destroy(), IDLE_MS);
    try {
      for (;;) {
        const chunk: unknown = this.#over ? undefined : this.#body.read();
        if (chunk instanceof Uint8Array) return chunk;
        if (this.#over || this.#body.readableEnded) return undefined;
        if (this.#body.destroyed) throw new PortholeError('request.invalid', 'The body broke off.');
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(idle);
    }
  }

  close(): void {
    for (const event of ['readable', 'end', 'close']) this.#body.off(event, this.#heard);
    this.#body.resume();
  }

  /** Stays on errors for good: one that nobody hears would end the hub. */
  readonly #heard = (): void => this.#wake();
}
