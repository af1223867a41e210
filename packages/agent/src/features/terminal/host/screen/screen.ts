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

/** A picture that is being taken: the emulator rests until it is. */
interface Exposure {
  prefix: string;
  parts: Generator<void, string>;
  taken: ((picture: ScreenPicture) => void)[];
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
  #exposure: Exposure | undefined;
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

  /** Does a part of a picture, or parses a slice; false when there is nothing more to do. */
  work(): boolean {
    if (this.#exposure) this.#expose(this.#exposure);
    else this.#parse();
    return this.#exposure !== undefined || this.#queue.length > 0;
  }

  /**
   * Takes a picture; `taken` is called at once when that is little work, else in one of the next turns of `work`. What is written
   * meanwhile waits, and is in the picture as steps; all who ask meanwhile get the same.
   * @param prefix what else the emulator cannot tell, as text before the picture.
   */
  capture(prefix: string, taken: (picture: ScreenPicture) => void): void {
    if (this.#exposure) {
      this.#exposure.taken.push(taken);
      return;
    }
    this.#exposure = { prefix, parts: snapshot(this.emulator), taken: [taken] };
    this.#expose(this.#exposure);
  }

  /** The same at once, however long it takes. */
  picture(prefix = ''): ScreenPicture {
    const pictures: ScreenPicture[] = [];
    this.capture(prefix, (picture) => pictures.push(picture));
    while (this.#exposure) this.#expose(this.#exposure);
    const [picture] = pictures;
    if (!picture) throw new Error('the screen is closed');
    return picture;
  }

  #expose({ prefix, parts, taken }: Exposure): void {
    const part = parts.next();
    if (!part.done) return;
    this.#exposure = undefined;
    const bytes = Buffer.from(`${prefix}${part.value}`);
    const { rest } = this.#whole;
    const last = rest.byteLength > 0 ? [rest] : [];
    for (const tell of taken) tell({ size: this.emulator.size, steps: [bytes, ...this.#queue, ...last] });
  }

  #parse(): void {
    const next = this.#queue.shift();
    if (next === undefined) return;
    if (next instanceof Uint8Array) {
      this.#backlog -= next.byteLength;
      this.emulator.write(next);
    } else this.emulator.resize(next);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#exposure = undefined;
    this.#queue.length = 0;
    this.#backlog = 0;
    this.emulator.close();
  }
}
