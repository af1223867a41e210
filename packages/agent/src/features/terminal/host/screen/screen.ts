import type { TerminalSize } from '@porthole/protocol';
import { Emulator } from './emulator.ts';
import { snapshot } from './snapshot.ts';
import { WholeSequences } from './wholeSequences.ts';

/** What is parsed in one go, in bytes: about a millisecond. */
const SLICE = 16 * 1024;

/** One step of a session's output, in order: bytes, or another size. */
export type ScreenStep = Uint8Array | TerminalSize;

/** What somebody needs who begins with an empty terminal of that size: `steps`, beginning with a picture as bytes. */
export interface ScreenPicture {
  size: TerminalSize;
  steps: ScreenStep[];
}

/**
 * What one session looks like now. Output is noted at once and parsed soon, so that a flood of it in one session takes
 * nothing from another; whoever comes in between gets a picture of what was parsed, and then the rest.
 */
export class Screen {
  readonly emulator: Emulator;
  readonly #whole = new WholeSequences();
  readonly #queue: ScreenStep[] = [];
  #backlog = 0;
  #isClosed = false;

  constructor(size: TerminalSize) {
    this.emulator = new Emulator(size);
  }

  /** Bytes that are still to be parsed. */
  get backlog(): number {
    return this.#backlog;
  }

  /** The bytes are the screen's from here on. */
  write(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    // Cut first: between two steps the emulator has to stand between two sequences.
    for (let at = 0; at < bytes.byteLength; at += SLICE) {
      for (const piece of this.#whole.push(bytes.subarray(at, at + SLICE))) {
        this.#queue.push(piece);
        this.#backlog += piece.byteLength;
      }
    }
  }

  /** In order with the output. */
  resize(size: TerminalSize): void {
    if (!this.#isClosed) this.#queue.push(size);
  }

  /** Parses a slice; false when there is nothing more to do. */
  work(): boolean {
    const next = this.#queue.shift();
    if (next === undefined) return false;
    if (next instanceof Uint8Array) {
      this.#backlog -= next.byteLength;
      this.emulator.write(next);
    } else this.emulator.resize(next);
    return this.#queue.length > 0;
  }

  /** @param prefix what else the emulator cannot tell, as bytes before the picture. */
  picture(prefix = ''): ScreenPicture {
    const bytes = Buffer.from(`${prefix}${snapshot(this.emulator)}`);
    const { rest } = this.#whole;
    const last = rest.byteLength > 0 ? [rest] : [];
    return { size: this.emulator.size, steps: [bytes, ...this.#queue, ...last] };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue.length = 0;
    this.#backlog = 0;
    this.emulator.close();
  }
}
