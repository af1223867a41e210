/** How many are remembered; who asks again does so within seconds. */
const MAX_IDS = 1_000;

/** Remembers what was asked for, so that nothing is done twice. */
export class Ids {
  readonly #done = new Map<string, Promise<void>>();

  /** Does it, or answers with what became of it the first time. */
  once(id: string, act: () => Promise<void>): Promise<void> {
    const known = this.#done.get(id);
    if (known) return known;
    const doing = act();
    this.#done.set(id, doing);
    for (const oldest of this.#done.keys()) {
      if (this.#done.size <= MAX_IDS) break;
      this.#done.delete(oldest);
    }
    return doing;
  }
}
