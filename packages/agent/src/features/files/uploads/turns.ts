import { PortholeError } from '@porthole/protocol';

interface Turn {
  over: Promise<void>;
  signal: AbortSignal;
}

const NEVER = new AbortController().signal;

/** One piece of work at a time for each upload: two that send the same one would write into each other. */
export class Turns {
  readonly #turns = new Map<string, Turn>();

  /** True while somebody is at it who has not given up. */
  isBusy(id: string): boolean {
    return this.#turns.get(id)?.signal?.aborted === false;
  }

  /** Does the work, after whatever is being given up already. Throws `upload.busy` while somebody else is at it. */
  async take<T>(id: string, work: () => Promise<T>, signal: AbortSignal = NEVER): Promise<T> {
    for (let turn = this.#turns.get(id); turn; turn = this.#turns.get(id)) {
      if (!turn.signal.aborted) throw new PortholeError('upload.busy');
      await turn.over;
    }
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#turns.set(id, { over, signal });
    try {
      return await work();
    } finally {
      this.#turns.delete(id);
      resolve();
    }
  }
}
