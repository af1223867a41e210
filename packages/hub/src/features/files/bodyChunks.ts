import type { Readable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';

/** A body that stands still for so long is given up, in ms. */
const IDLE_MS = 60_000;

/** A body read piece by piece, without ending the connection that the answer has to go back on. Call `close()` when done. */
export class BodyChunks {
  readonly #body: Readable;
  /** What was given back. */
  #returned: Uint8Array | undefined;
  #over = false;
  #wake: () => void = () => undefined;

  constructor(body: Readable) {
    this.#body = body;
    for (const event of ['readable', 'end', 'error', 'close']) body.on(event, this.#heard);
  }

  /** From then on nobody takes any more. */
  endWith(over: Promise<void>): void {
    void over.then(() => {
      this.#over = true;
      this.#heard();
    });
  }

  /** Gives back what was read too much: it comes once more. */
  giveBack(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) this.#returned = chunk;
  }

  /** Undefined at the end, and when nobody takes any more. Throws `request.invalid` for a body that broke off. */
  async next(): Promise<Uint8Array | undefined> {
    const returned = this.#returned;
    this.#returned = undefined;
    if (returned) return returned;
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
