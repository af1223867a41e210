import { PortholeError } from '@porthole/protocol';
import { TokenBuckets } from '../base/tokenBuckets.ts';
import { keyOf } from '../users/users.ts';

/**
 * Limits on guessing, per account and source and per source. No account is ever locked: a stranger's guesses slow the
 * stranger down and nobody else.
 */
export class Attempts {
  readonly #byAccount: TokenBuckets;
  readonly #bySource: TokenBuckets;

  constructor(now: () => number = Date.now) {
    this.#byAccount = new TokenBuckets({ capacity: 10, refillMs: 6_000 }, now);
    this.#bySource = new TokenBuckets({ capacity: 40, refillMs: 2_000 }, now);
  }

  /** Counts one attempt. Throws `auth.slow-down`. Call the result once the attempt turned out to be right. */
  begin(source: string, account: string): () => void {
    const key = `${source} ${keyOf(account)}`;
    if (!this.#bySource.take(source)) throw new PortholeError('auth.slow-down');
    if (!this.#byAccount.take(key)) throw new PortholeError('auth.slow-down');
    return () => {
      this.#bySource.giveBack(source);
      this.#byAccount.giveBack(key);
    };
  }
}
