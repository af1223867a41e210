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
  close(): void;
}

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
  readonly #message: (bytes: Uint8Array) => void;
  readonly #credit: Credit | undefined;
  readonly #ledger: CreditLedger;
  readonly #lossyCredit: LossyCredit | undefined;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<PortholeError>();
  #isClosed = false;

  constructor(id: number, feature: FeatureName, carrier: ChannelCarrier, message: (bytes: Uint8Array) => void) {
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
    try {
      this.#message(payload);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // A device that sends nonsense loses this channel; the connection carries other devices too.
      this.#carrier.release(this.#id);
      this.ended(new PortholeError('message.invalid'));
      return;
    }
    if (this.#lossyCredit) return this.#lossyCredit.consume(payload.byteLength);
    const grant = this.#ledger.consume(payload.byteLength);
    if (grant > 0) this.#grant(grant);
  }

  granted(bytes: number): void {
    this.#credit?.grant(bytes);
  }

  #grant(bytes: number): void {
    this.#carrier.sendFrame(encodeCredit(this.#id, bytes));
  }
}
