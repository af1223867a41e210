import { PortholeError } from '@porthole/protocol';

export interface SlotsOptions {
  /** Held at the same time. */
  count: number;
  /** Waiting at most; more are refused. */
  waiting: number;
  /** How long one waits before it is refused, in ms; as long as it takes unless given. */
  patience?: number;
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
   * Waits for a place, and answers what gives it back (again does nothing). Throws `convert.busy` when too many wait or
   * patience ends, and what the signal says when it is over first.
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

  async #turn(signal: AbortSignal): Promise<void> {
    const { waiting, patience } = this.#options;
    if (this.#queue.length >= waiting) throw new PortholeError('convert.busy');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const refused = () => reject(new PortholeError('convert.busy'));
    const gaveUp = () => reject(signal.reason);
    const timer = patience === undefined ? undefined : setTimeout(refused, patience);
    signal.addEventListener('abort', gaveUp, { once: true });
    this.#queue.push(resolve);
    try {
      await promise;
    } catch (error) {
      const place = this.#queue.indexOf(resolve);
      // A place that was given in the same moment goes on to the next.
      if (place < 0) this.#pass();
      else this.#queue.splice(place, 1);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', gaveUp);
    }
  }
}
