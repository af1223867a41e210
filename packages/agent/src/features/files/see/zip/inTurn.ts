/** What is to be done when its turn comes. Never rejects. */
export type Prepared = Promise<() => Promise<void>>;

/** Works ahead: several things are prepared at the same time, and done one after the other, in the order in which they came. */
export class InTurn {
  readonly #most: number;
  readonly #prepared: Prepared[] = [];

  /** @param most that may be prepared at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when there is room for another one. Rejects with what went wrong when one was done. */
  async add(prepared: Prepared): Promise<void> {
    this.#prepared.push(prepared);
    while (this.#prepared.length > this.#most) await this.#next();
  }

  /** Does all that is left. */
  async all(): Promise<void> {
    while (this.#prepared.length > 0) await this.#next();
  }

  async #next(): Promise<void> {
    const act = await this.#prepared.shift();
    await act?.();
  }
}
