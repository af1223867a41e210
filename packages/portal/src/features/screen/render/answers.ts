import { ACK_DELAY_MS, type ScreenReply } from '@porthole/protocol';

type Ack = Extract<ScreenReply, { type: 'ack' }>;

/** Acknowledges pictures, and leaves to the next what may be left to it; see `delayAck` of an update. */
export class Answers {
  readonly #send: (ack: Ack) => void;
  /** Of the latest picture that is not answered; it covers those before. */
  #held: Ack | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (ack: Ack) => void) {
    this.#send = send;
  }

  /** A picture is on the canvas. */
  painted(costs: Omit<Ack, 'type'>, delayAck: boolean): void {
    this.#held = { type: 'ack', ...costs };
    if (!delayAck) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), ACK_DELAY_MS);
  }

  /** Everything up to this picture will never be painted, and must not be waited for. */
  skipped(seq: number): void {
    this.#held = { type: 'ack', seq, decodeMs: 0, paintMs: 0 };
    this.#flush();
  }

  /** What was sent before is void. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held = undefined;
  }

  #flush(): void {
    const held = this.#held;
    this.reset();
    if (held) this.#send(held);
  }
}
