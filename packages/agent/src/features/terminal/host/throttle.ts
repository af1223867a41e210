/** Does something at once, and then at most every so many ms while it is asked for again. */
export class Throttle {
  readonly #action: () => void;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isAsked = false;
  #isClosed = false;

  constructor(everyMs: number, action: () => void) {
    this.#everyMs = everyMs;
    this.#action = action;
  }

  ask(): void {
    if (this.#isClosed) return;
    if (this.#timer) {
      this.#isAsked = true;
      return;
    }
    this.#timer = setTimeout(() => this.#again(), this.#everyMs);
    this.#action();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #again(): void {
    this.#timer = undefined;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.ask();
  }
}
