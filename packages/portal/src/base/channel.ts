import {
  Credit,
  CreditLedger,
  encodeCredit,
  encodeData,
  FEATURES,
  type FeatureName,
  PortholeError,
  WireError,
  windowOf,
} from '@porthole/protocol';
import { LossyCredit } from './lossyCredit.ts';

/** One stream of one feature to a device. */
export interface Channel {
  /** Resolves when hub and agent agreed; rejects with the `PortholeError` of the refusal. */
  readonly opened: Promise<void>;
  /** Resolves once, with the reason, whoever closed it. Never rejects. */
  readonly closed: Promise<PortholeError>;
  /** Sends one message. On a reliable channel, more than the device allowed closes the channel (`credit.exceeded`). */
  send(bytes: Uint8Array): void;
  /** Bytes that may be sent now; without end on a lossy channel. */
  readonly room: number;
  /** Resolves when there is more room than now, or the channel is over. One may wait at a time. */
  granted(): Promise<void>;
  close(): void;
}

/** A message of the device. What is under way is granted anew when the promise resolves, or at once without one. */
export type MessageListener = (bytes: Uint8Array) => void | Promise<void>;

/** What a channel needs of the connection that carries it. */
export interface ChannelCarrier {
  sendFrame(frame: Uint8Array<ArrayBuffer>): void;
  /** The owner closed the channel: tell the hub. */
  release(channel: number): void;
}

/** The link's side of a channel: what the hub says of it arrives here. */
export class LinkChannel implements Channel {
  readonly opened: Promise<void>;
  readonly closed: Promise<PortholeError>;
  readonly #id: number;
  readonly #carrier: ChannelCarrier;
  readonly #message: MessageListener;
  readonly #credit: Credit | undefined;
  readonly #ledger: CreditLedger;
  readonly #lossyCredit: LossyCredit | undefined;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<PortholeError>();
  #isClosed = false;

  constructor(id: number, feature: FeatureName, carrier: ChannelCarrier, message: MessageListener) {
    this.#id = id;
    this.#carrier = carrier;
    this.#message = message;
    const reliable = FEATURES[feature].delivery === 'reliable';
    this.#credit = reliable ? new Credit(windowOf(feature)) : undefined;
    this.#ledger = new CreditLedger(windowOf(feature));
    this.#lossyCredit = reliable ? undefined : new LossyCredit((bytes) => this.#grant(bytes));
    this.opened = this.#opened.promise;
    this.closed = this.#closed.promise;
    // A caller that only waits for `closed` must not cause an unhandled rejection.
    this.opened.catch(() => undefined);
  }

  send(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#credit && !this.#credit.take(bytes.byteLength)) {
      this.#carrier.release(this.#id);
      this.ended(new PortholeError('credit.exceeded'));
      return;
    }
    this.#carrier.sendFrame(encodeData(this.#id, bytes));
  }

  get room(): number {
    return this.#credit?.available ?? Number.POSITIVE_INFINITY;
  }

  async granted(): Promise<void> {
    if (!this.#isClosed) await Promise.race([this.#credit?.granted(), this.closed]);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#carrier.release(this.#id);
    this.ended(new PortholeError('channel.closed'));
  }

  /** The hub confirmed the channel. */
  confirmed(): void {
    this.#opened.resolve();
  }

  /** The channel is over, for whatever reason; idempotent. */
  ended(reason: PortholeError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lossyCredit?.close();
    this.#opened.reject(reason);
    this.#closed.resolve(reason);
  }

  received(payload: Uint8Array): void {
    if (this.#isClosed) return;
    const size = payload.byteLength;
    try {
      const dealtWith = this.#message(payload);
      if (!(dealtWith instanceof Promise)) return this.#consumed(size);
      dealtWith.then(
        () => this.#consumed(size),
        (error: unknown) => this.#failed(error),
      );
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The device allows so much more. */
  grant(bytes: number): void {
    this.#credit?.grant(bytes);
  }

  #consumed(bytes: number): void {
    if (this.#isClosed) return;
    if (this.#lossyCredit) return this.#lossyCredit.consume(bytes);
    const grant = this.#ledger.consume(bytes);
    if (grant > 0) this.#grant(grant);
  }

  #failed(error: unknown): void {
    if (!(error instanceof WireError)) throw error;
    if (this.#isClosed) return;
    // A device that sends nonsense loses this channel; the connection carries other devices too.
    this.#carrier.release(this.#id);
    this.ended(new PortholeError('message.invalid'));
  }

  #grant(bytes: number): void {
    this.#carrier.sendFrame(encodeCredit(this.#id, bytes));
  }
}
