/** Calls `run` at the next animation frame and returns how to call that off. */
export type NextFrame = (run: () => void) => () => void;

/**
 * Lets the first value through at once and later ones at most once per animation frame, always the newest; the last one
 * is never lost. For pointer positions: a mouse of 1000 Hz must not become 1000 messages.
 */
export class FrameGate<T> {
  readonly #send: (value: T) => void;
  readonly #nextFrame: NextFrame;
  #waiting: { value: T } | undefined;
  #cancel: (() => void) | undefined;

  constructor(send: (value: T) => void, nextFrame: NextFrame) {
    this.#send = send;
    this.#nextFrame = nextFrame;
  }

  put(value: T): void {
    if (this.#cancel) {
      this.#waiting = { value };
      return;
    }
    this.#send(value);
    this.#rest();
  }

  /** Sends what waits, so that something else may follow it in order. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#send(waiting.value);
  }

  /** Forgets what waits. */
  close(): void {
    this.#waiting = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #rest(): void {
    this.#cancel = this.#nextFrame(() => {
      this.#cancel = undefined;
      if (!this.#waiting) return;
      this.flush();
      this.#rest();
    });
  }
}

/** The browser's animation frames. A page that is hidden meanwhile gets none, so callers flush before they leave. */
export function nextAnimationFrame(run: () => void): () => void {
  const handle = requestAnimationFrame(run);
  return () => cancelAnimationFrame(handle);
}
