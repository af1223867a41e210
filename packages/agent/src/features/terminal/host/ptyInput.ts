import { writeSync } from 'node:fs';

const INTERRUPT = 0x03;
/** What waits for a program that does not read; whoever types is held beyond it, in bytes. */
const MAX_WAITING = 64 * 1024;
const RETRY_MS = 5;

/**
 * What is typed, on its way into the pty. It is written at once; what a program does not take waits, so that it blocks
 * nobody else.
 */
export class PtyInput {
  readonly #descriptor: number;
  readonly #held: (isHeld: boolean) => void;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;
  #isClosed = false;

  /** @param held told whether more is welcome. */
  constructor(descriptor: number, held: (isHeld: boolean) => void) {
    this.#descriptor = descriptor;
    this.#held = held;
  }

  write(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    // Somebody who interrupts wants nothing of what was typed before, and could wait for ever behind it.
    if (bytes.byteLength === 1 && bytes[0] === INTERRUPT) this.#forget();
    this.#waiting.push(bytes.slice());
    this.#bytes += bytes.byteLength;
    this.#flush();
  }

  close(): void {
    this.#isClosed = true;
    this.#forget();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const written = this.#tryWrite(first);
      this.#bytes -= written;
      if (written === first.byteLength) this.#waiting.shift();
      else {
        this.#waiting[0] = first.subarray(written);
        this.#timer = setTimeout(() => this.#flush(), RETRY_MS);
        break;
      }
    }
    this.#tell();
  }

  #tryWrite(bytes: Uint8Array): number {
    try {
      return writeSync(this.#descriptor, bytes);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
      // The program is gone; its end is told elsewhere.
      this.close();
      return bytes.byteLength;
    }
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#bytes = 0;
    this.#tell();
  }

  #tell(): void {
    const isHeld = this.#bytes > MAX_WAITING;
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#held(isHeld);
  }
}
