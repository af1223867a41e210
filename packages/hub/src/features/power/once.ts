/** Acts whose ids are remembered. */
const MAX_KNOWN = 1_000;

/** Does what has the same name once: who asks again is told what came of it the first time. */
export class Once {
  readonly #known = new Map<string, Promise<unknown>>();

  do<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.#known.get(name);
    if (known) return known as Promise<Result>;
    const result = work();
    this.#known.set(name, result);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return result;
  }
}
