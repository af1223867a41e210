/** Bytes that are credited at once. */
const AT_ONCE = 16 * 1024;
/** Fewer are credited after this long, in ms. */
const PATIENCE_MS = 100;

/**
 * The viewer's credit of a lossy channel: the hub reads from it how far behind this viewer is, so it must not be late; but
 * a message of its own for every small one would keep the hub busy for nothing.
 */
export class LossyCredit {
  readonly #grant: (bytes: number) => void;
  #consumed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(grant: (bytes: number) => void) {
    this.#grant = grant;
  }

  consume(bytes: number): void {
    this.#consumed += bytes;
    if (this.#consumed >= AT_ONCE) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), PATIENCE_MS);
  }

  /** Idempotent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    const bytes = this.#consumed;
    this.close();
    this.#consumed = 0;
    this.#grant(bytes);
  }
}
