import {
  decodeFileMessage,
  encodeData,
  encodeFileMessage,
  FILE_CHUNK,
  FRAME_HEADER,
  LIMITS,
  PortholeError,
  windowOf,
} from '@porthole/protocol';
import type { HostChannel } from '../../base/channelHost.ts';

/** Room for content, framed for one channel: `room` is filled, then `Exchange.piece` sends what was filled of it. */
export interface Piece {
  readonly frame: Uint8Array<ArrayBuffer>;
  readonly room: Uint8Array<ArrayBuffer>;
}

interface Arrival {
  bytes: Uint8Array;
  dealtWith: () => void;
}

/**
 * One question and its answer. What is sent waits for the other side's credit; what comes in is credited once it was used.
 * When the channel ends, everything that waits here throws, and the signal aborts.
 */
export class Exchange {
  readonly #channel: HostChannel;
  /** What stands before content in every frame of this channel. */
  readonly #head: Uint8Array;
  readonly #aborting = new AbortController();
  readonly #question = Promise.withResolvers<unknown>();
  readonly #arrivals: Arrival[] = [];
  #asked = false;
  #queued = 0;
  #isComplete = false;
  #wake: (() => void) | undefined;

  constructor(channel: HostChannel) {
    this.#channel = channel;
    this.#head = encodeData(channel.id, encodeFileMessage({ type: 'bytes', bytes: new Uint8Array(0) }));
    this.#question.promise.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  /** The JSON of the question, as soon as it is there. */
  get question(): Promise<unknown> {
    return this.#question.promise;
  }

  /** A message of the asking side; resolves when it was used. Throws on one that has no place here. */
  receive(payload: Uint8Array): void | Promise<void> {
    const message = decodeFileMessage(payload);
    if (!this.#asked) {
      if (message.type !== 'item') throw new PortholeError('message.invalid');
      this.#asked = true;
      return this.#question.resolve(message.json);
    }
    if (message.type === 'item' || this.#isComplete) throw new PortholeError('message.invalid');
    if (message.type === 'done') {
      this.#isComplete = true;
      return this.#stir();
    }
    this.#queued += payload.byteLength;
    if (this.#queued > windowOf('files')) throw new PortholeError('credit.exceeded');
    return new Promise((resolve) => {
      const dealtWith = () => {
        this.#queued -= payload.byteLength;
        resolve();
      };
      this.#arrivals.push({ bytes: message.bytes, dealtWith });
      this.#stir();
    });
  }

  /** The content that the asking side sends, until it says that this was all; a piece is used up when the next is asked for. */
  async *content(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const pieces of this.batches()) yield* pieces;
  }

  /** The same, each time as many pieces as there are: whoever is slower than they come takes more at once. */
  async *batches(): AsyncGenerator<readonly Uint8Array[], void, undefined> {
    for (;;) {
      this.signal.throwIfAborted();
      const arrivals = this.#arrivals.splice(0);
      if (arrivals.length > 0) {
        yield arrivals.map(({ bytes }) => bytes);
        for (const { dealtWith } of arrivals) dealtWith();
      } else if (this.#isComplete) return;
      else await this.#stirred();
    }
  }

  async item(json: unknown): Promise<void> {
    await this.#send(encodeFileMessage({ type: 'item', json }));
  }

  async done(json: unknown): Promise<void> {
    await this.#send(encodeFileMessage({ type: 'done', json }));
  }

  /** A piece of content that stands in memory already. */
  async bytes(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += FILE_CHUNK) {
      await this.#send(encodeFileMessage({ type: 'bytes', bytes: bytes.subarray(at, at + FILE_CHUNK) }));
    }
  }

  /** Room for one piece, to be filled and sent once: it is neither copied nor cleared. */
  newPiece(size: number = FILE_CHUNK): Piece {
    const frame = Buffer.allocUnsafeSlow(this.#head.byteLength + size);
    frame.set(this.#head);
    return { frame, room: frame.subarray(this.#head.byteLength) };
  }

  /** Sends the first `length` bytes of a piece, which belongs to the connection from here on. */
  async piece({ frame, room }: Piece, length: number): Promise<void> {
    const end = frame.byteLength - room.byteLength + length;
    await this.#allowed(end - FRAME_HEADER);
    this.#channel.sendFrame(frame.subarray(0, end));
  }

  /** The channel is over: everything stops. */
  end(): void {
    const reason = new PortholeError('channel.closed');
    this.#aborting.abort(reason);
    this.#question.reject(reason);
    this.#channel.credit.grant(0);
    this.#stir();
  }

  async #send(payload: Uint8Array): Promise<void> {
    if (payload.byteLength > LIMITS.dataPayload) throw new PortholeError('message.too-large');
    await this.#allowed(payload.byteLength);
    this.#channel.send(payload);
  }

  async #allowed(bytes: number): Promise<void> {
    this.signal.throwIfAborted();
    while (!this.#channel.credit.take(bytes)) {
      await this.#channel.credit.granted();
      this.signal.throwIfAborted();
    }
  }

  #stirred(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #stir(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
