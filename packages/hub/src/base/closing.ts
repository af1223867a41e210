/** Closes what was opened, the last first, whatever each of them says. `close()` again is harmless. */
export class Closing {
  readonly #parts: { close(): unknown }[] = [];
  #done: Promise<void> | undefined;

  /** Returns the part itself. */
  add<Part extends { close(): unknown }>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }

  /** Rejects, once all are closed, with the first error that one of them threw. */
  close(): Promise<void> {
    this.#done ??= this.#closeAll();
    return this.#done;
  }

  async #closeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const part of this.#parts.reverse()) {
      try {
        await part.close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
