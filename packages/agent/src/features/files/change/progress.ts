import { MAX_PATH, type Outcome } from '@porthole/protocol';
import type { Exchange } from '../exchange.ts';
import { fileErrorCode } from '../fileErrors.ts';

const EVERY_MS = 200;
/** What failed is told of as far as it fits into one message: bytes of JSON. */
const MAX_FAILED_JSON = 150_000;

/** How far a request for many is, and what became of each. One that fails never stops the others. */
export class Progress {
  readonly signal: AbortSignal;
  readonly #exchange: Pick<Exchange, 'signal' | 'item'>;
  readonly #outcome: Outcome = { done: 0, failed: [] };
  #room = MAX_FAILED_JSON;
  #entries = 0;
  #bytes = 0;
  #told = performance.now();

  constructor(exchange: Pick<Exchange, 'signal' | 'item'>) {
    this.#exchange = exchange;
    this.signal = exchange.signal;
  }

  /** For cleaning up: nobody hears of it, and nothing ends it. */
  static silent(): Progress {
    return new Progress({ signal: new AbortController().signal, item: () => Promise.resolve() });
  }

  /** Notes what was dealt with since, and tells it from time to time. Throws when the channel is over. */
  async add({ entries = 0, bytes = 0 }: { entries?: number; bytes?: number }): Promise<void> {
    this.signal.throwIfAborted();
    this.#entries += entries;
    this.#bytes += bytes;
    if (performance.now() - this.#told < EVERY_MS) return;
    this.#told = performance.now();
    await this.#exchange.item({ entries: this.#entries, bytes: this.#bytes });
  }

  /** Notes why something was left as it is. Of a path that is longer than any that can be asked for, its beginning. */
  fail(path: string, error: unknown): void {
    const failure = { path: path.slice(0, MAX_PATH), error: fileErrorCode(error) };
    this.#room -= Buffer.byteLength(JSON.stringify(failure)) + 1;
    if (this.#room > 0 && this.#outcome.failed.length < 1_000) this.#outcome.failed.push(failure);
  }

  /** Does the work for every path, one after the other. */
  async forEach(paths: readonly string[], work: (path: string) => Promise<boolean>): Promise<Outcome> {
    for (const path of paths) {
      this.signal.throwIfAborted();
      try {
        if (await work(path)) this.#outcome.done++;
      } catch (error) {
        this.signal.throwIfAborted();
        this.fail(path, error);
      }
    }
    return this.#outcome;
  }
}
