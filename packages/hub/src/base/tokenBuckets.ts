export interface BucketRule {
  /** Attempts at once. */
  capacity: number;
  /** Time for one more, in ms. */
  refillMs: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Keys remembered at most; the one unused the longest is forgotten first. */
const MAX_KEYS = 10_000;

/** What is in a bucket after `now - bucket.at` of refilling. */
export function refilled(bucket: Bucket, rule: BucketRule, now: number): number {
  return Math.min(rule.capacity, bucket.tokens + Math.max(0, now - bucket.at) / rule.refillMs);
}

/** Rate limits by key: each has a bucket that refills with time. Memory is bounded. */
export class TokenBuckets {
  readonly #rule: BucketRule;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rule: BucketRule, now: () => number = Date.now) {
    this.#rule = rule;
    this.#now = now;
  }

  /** Takes one attempt; false when there is none left. */
  take(key: string): boolean {
    const tokens = this.#tokens(key);
    if (tokens < 1) return false;
    this.#store(key, tokens - 1);
    return true;
  }

  /** Gives an attempt back, such as one that turned out to be right. */
  giveBack(key: string): void {
    this.#store(key, Math.min(this.#rule.capacity, this.#tokens(key) + 1));
  }

  #tokens(key: string): number {
    const bucket = this.#buckets.get(key);
    return bucket ? refilled(bucket, this.#rule, this.#now()) : this.#rule.capacity;
  }

  #store(key: string, tokens: number): void {
    this.#buckets.delete(key);
    if (tokens >= this.#rule.capacity) return;
    this.#buckets.set(key, { tokens, at: this.#now() });
    if (this.#buckets.size <= MAX_KEYS) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
