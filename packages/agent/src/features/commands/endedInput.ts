import { closeSync, constants, openSync } from 'node:fs';

const KNOCK_MS = 100;

/**
 * The input of a program after its end. Whoever opens a named pipe (as `/dev/stdin` is one then) waits until somebody is there who
 * writes, and nobody is any more: so from time to time somebody is, for a moment and without a word.
 */
export class EndedInput {
  readonly #descriptor: number;
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  /** @param descriptor of the pipe, the reading end, and its own from here on. */
  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.#timer = setInterval(() => this.#knock(), KNOCK_MS).unref();
  }

  /** `descriptor`: either end of the pipe; it may be closed from here on. Undefined where a pipe cannot be opened once more. */
  static begin(descriptor: number): EndedInput | undefined {
    try {
      return new EndedInput(openSync(`/proc/self/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK));
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    closeSync(this.#descriptor);
  }

  #knock(): void {
    try {
      closeSync(openSync(`/proc/self/fd/${this.#descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // Too many files are open: next time.
      return;
    }
  }
}
