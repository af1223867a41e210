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

/** The reader's side: collects what was consumed and says when a grant is worth sending (a quarter of the window). */
export class CreditLedger {
  readonly #threshold: number;
  #consumed = 0;

  constructor(window: number) {
    this.#threshold = Math.max(1, window >> 2);
  }

  /** Notes `bytes` as consumed; returns the bytes to grant now, or 0. */
  consume(bytes: number): number {
    this.#consumed += bytes;
    if (this.#consumed < this.#threshold) return 0;
    const grant = this.#consumed;
    this.#consumed = 0;
    return grant;
  }
}
