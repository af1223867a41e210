import { RefreshLimiter } from './refreshLimiter.ts';

/** How long an unanswered refresh counts as under way, in ms. */
const PATIENCE_MS = 3_000;

/**
 * Knows whether everything that was sent is shown, and asks for a whole picture when it is not. A question sent along with
 * the request comes back behind all that was on its way before: what is lost until then is covered by the same request.
 */
export class Wholeness {
  readonly #limiter: RefreshLimiter;
  #isWhole = true;
  #question: number | undefined;

  /** `ask` sends a refresh and then a ping of the given moment, in ms of `now`. */
  constructor(ask: (sentAt: number) => void, now: () => number) {
    this.#limiter = new RefreshLimiter(() => {
      this.#question = now();
      ask(this.#question);
    });
    this.#now = now;
  }

  readonly #now: () => number;

  /** False from a loss until nothing made before the refresh can come any more. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Something was lost. */
  lost(): void {
    this.#isWhole = false;
    if (this.#question !== undefined && this.#now() - this.#question < PATIENCE_MS) return;
    this.#question = undefined;
    this.#limiter.request();
  }

  /** The ping of that moment was answered. */
  answered(sentAt: number): void {
    if (sentAt !== this.#question) return;
    this.#question = undefined;
    this.#isWhole = true;
  }

  /** A new stream begins with a whole picture. */
  reset(): void {
    this.#limiter.cancel();
    this.#question = undefined;
    this.#isWhole = true;
  }
}
