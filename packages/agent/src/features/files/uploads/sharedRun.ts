/**
 * Work that is done once for all who want it at the same time. Who comes while it runs gets the next run, since the present
 * one may have begun too early for them.
 */
export class SharedRun {
  readonly #work: () => Promise<void>;
  #present: Promise<unknown> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves after a run that began after this call; rejects with what it threw. */
  join(): Promise<void> {
    this.#next ??= this.#present.then(() => {
      this.#next = undefined;
      const run = this.#work();
      this.#present = run.catch(() => undefined);
      return run;
    });
    return this.#next;
  }
}
