/** Shortest time between two refreshes, in ms; a little above what the device grants, since messages do not travel evenly. */
const REFRESH_MS = 850;

/** Asks for refreshes, at once or as soon as it may; several wishes in between are one. */
export class RefreshLimiter {
  readonly #ask: () => void;
  #askedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#askedAt + REFRESH_MS - performance.now();
    if (wait <= 0) this.#now();
    else this.#timer = setTimeout(() => this.#now(), wait);
  }

  /** A refresh that still waits is no longer wanted. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): void {
    this.#timer = undefined;
    this.#askedAt = performance.now();
    this.#ask();
  }
}
