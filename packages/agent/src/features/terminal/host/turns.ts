/** Something that has work to do, in small parts. */
export interface Worker {
  /** Does one part; false when nothing is left. */
  work(): boolean;
}

/** How long work goes on before everything else has its turn, in ms. */
const TURN_MS = 4;

/** Shares this process out among its sessions: one part each in turn, and keys and output in between. */
export class Turns {
  readonly #workers = new Set<Worker>();
  #next: NodeJS.Immediate | undefined;

  /** Has work now. */
  add(worker: Worker): void {
    this.#workers.add(worker);
    this.#next ??= setImmediate(() => this.#turn());
  }

  remove(worker: Worker): void {
    this.#workers.delete(worker);
  }

  #turn(): void {
    this.#next = undefined;
    const until = performance.now() + TURN_MS;
    while (this.#workers.size > 0 && performance.now() < until) {
      for (const worker of [...this.#workers]) {
        if (performance.now() >= until) break;
        // At the end of the line again, while there is something left.
        this.#workers.delete(worker);
        if (worker.work()) this.#workers.add(worker);
      }
    }
    if (this.#workers.size > 0) this.#next ??= setImmediate(() => this.#turn());
  }
}
