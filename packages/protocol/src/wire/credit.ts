/**
 * The sender's side of byte credit: what the reader allowed and has not been used yet.
 * One sender waits at a time; waiting is a promise, never a poll.
 */
export class Credit {
  #available: number;
  #wake: (() => void) | undefined;

  constructor(initial: number) {
    this.#available = initial;
  }

  get available(): number {
    return this.#available;
  }

  /** Takes `bytes`; false (and nothing taken) when the reader did not allow as much. */
  take(bytes: number): boolean {
    if (bytes > this.#available) return false;
    this.#available -= bytes;
    return true;
  }

  grant(bytes: number): void {
    this.#available += bytes;
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Resolves at the next grant. */
  granted(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** The reader's side: counts how far the sender may be ahead, and says when a grant is worth sending (a quarter of the window). */
export class CreditLedger {
  readonly #window: number;
  readonly #threshold: number;
  /** What the sender was allowed, and the reader has not consumed. */
  #ahead: number;

  constructor(window: number) {
    this.#window = window;
    this.#threshold = Math.max(1, window >> 2);
    this.#ahead = window;
  }

  /**
   * Notes `bytes` as consumed; returns the bytes to grant now, or 0. `room` is how far the sender may be ahead from here on: the
   * whole window, or some of it, but more than a quarter and a message. What was allowed before stays allowed.
   */
  consume(bytes: number, room = this.#window): number {
    this.#ahead -= bytes;
    const grant = room - this.#ahead;
    if (grant < this.#threshold) return 0;
    this.#ahead = room;
    return grant;
  }
}
