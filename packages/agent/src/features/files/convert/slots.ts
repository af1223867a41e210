import { PortholeError } from '@porthole/protocol';

export interface SlotsOptions {
  /** Held at the same time. */
  count: number;
  /** Waiting at most; more are refused. */
  waiting: number;
}

/** A bounded number of places, given in the order in which they were asked for. */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #queue: (() => void)[] = [];
  #held = 0;

  constructor(options: SlotsOptions) {
    this.#options = options;
  }

  /**
   * Waits for a place, and answers what gives it back (again does nothing). Throws `convert.busy` when too many wait, and
   * what the signal says when it is over first.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#held >= this.#options.count) await this.#turn(signal);
    else this.#held++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#pass();
    };
  }

  /** A place passes from hand to hand, so nobody comes in between. */
  #pass(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#held--;
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.#options.waiting) return Promise.reject(new PortholeError('convert.busy'));
    return new Promise((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', gaveUp);
        resolve();
      };
      const gaveUp = () => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', gaveUp, { once: true });
      this.#queue.push(turn);
    });
  }
}
