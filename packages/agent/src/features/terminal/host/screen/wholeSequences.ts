import { GROUND, type StreamPlace, StreamState, stateOf, step } from './sequenceStep.ts';

const ESC = 0x1b;
/** U+0080 to U+009F in UTF-8: this byte, and one below the end. */
const C1_LEAD = 0xc2;
const C1_END = 0xa0;
/** What is kept back at most, in bytes. A sequence that is longer means nothing to any program that means well. */
export const MAX_KEPT = 64 * 1024;

/** Brings an emulator to where a sequence of that kind was left that is too long to be kept, and means nothing. */
const UNDER_WAY: Record<StreamState, string> = {
  [StreamState.ground]: '',
  [StreamState.escape]: '\x1b ',
  [StreamState.csi]: '\x1b[0<',
  [StreamState.osc]: '\x1b]7777;',
  [StreamState.text]: '\x1bX',
};

/**
 * Cuts the stream of a terminal so that what has been passed on ends between two sequences and two characters at any time.
 * What is incomplete is kept back, and passed on with the bytes that complete it.
 */
export class WholeSequences {
  #place: StreamPlace = GROUND;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  /** Within a sequence that was given up. */
  #isLost = false;

  /** What stands between the bytes that were passed on and those that are still to come. */
  get rest(): Uint8Array {
    return this.#isLost ? Buffer.from(UNDER_WAY[stateOf(this.#place)]) : Buffer.concat(this.#kept);
  }

  /** Takes the next bytes of the stream, and answers what can be passed on now: up to two pieces, some of them views. */
  push(bytes: Uint8Array): Uint8Array[] {
    if (this.#place === GROUND) return this.#begin(bytes);
    const { from, end } = this.#groundWithin(bytes);
    if (end < 0) {
      this.#keep(bytes.subarray(from));
      return [];
    }
    const whole = this.#isLost ? [] : [Buffer.concat([...this.#kept, bytes.subarray(from, end)])];
    this.#forget();
    return end < bytes.byteLength ? [...whole, ...this.#begin(bytes.subarray(end))] : whole;
  }

  /** Takes bytes that begin between sequences. */
  #begin(bytes: Uint8Array): Uint8Array[] {
    const start = this.#incompleteFrom(bytes);
    if (start === bytes.byteLength) return [bytes];
    // The caller's memory may be used again.
    this.#keep(bytes.slice(start));
    return start > 0 ? [bytes.subarray(0, start)] : [];
  }

  /** Where the first sequence begins that is incomplete at the end; the length when none is. */
  #incompleteFrom(bytes: Uint8Array): number {
    // An escape character begins anew wherever it stands, so mostly what follows the last one decides.
    const last = bytes.lastIndexOf(ESC);
    if (last < 0 && !mayHaveControl(bytes)) return this.#follow(bytes, lastCharacter(bytes));
    const start = this.#follow(bytes, Math.max(0, last));
    return last > 0 && start === last ? this.#follow(bytes, 0) : start;
  }

  /** As `#incompleteFrom`, from `from` on; leaves the place after the last byte behind. */
  #follow(bytes: Uint8Array, from: number): number {
    let place: StreamPlace = GROUND;
    let start = from;
    for (let index = from; index < bytes.byteLength; index++) {
      place = step(place, bytes[index] ?? 0);
      if (place === GROUND) start = index + 1;
    }
    this.#place = place;
    return start;
  }

  /** Where what was begun is complete, -1 when it is not; and from where on the bytes belong to what is kept. */
  #groundWithin(bytes: Uint8Array): { from: number; end: number } {
    let from = 0;
    for (let index = 0; index < bytes.byteLength; index++) {
      this.#place = step(this.#place, bytes[index] ?? 0);
      if (this.#place === GROUND) return { from, end: index + 1 };
      // Here ends what was given up, and something else begins.
      if (this.#isLost && bytes[index] === ESC) {
        this.#forget();
        from = index;
      }
    }
    return { from, end: -1 };
  }

  #keep(bytes: Uint8Array): void {
    this.#kept.push(bytes.slice());
    this.#keptBytes += bytes.byteLength;
    if (this.#isLost || this.#keptBytes > MAX_KEPT) {
      this.#forget();
      this.#isLost = true;
    }
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isLost = false;
  }
}

/** Whether there may be a control beyond ASCII in it, which begins a sequence without an escape character. */
function mayHaveControl(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(C1_LEAD); at >= 0; at = bytes.indexOf(C1_LEAD, at + 1)) {
    if ((bytes[at + 1] ?? C1_END) < C1_END) return true;
  }
  return false;
}

/** Where the last character begins: of text without sequences nothing else can be incomplete. */
function lastCharacter(bytes: Uint8Array): number {
  let at = Math.max(0, bytes.byteLength - 1);
  const first = Math.max(0, bytes.byteLength - 4);
  while (at > first && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}
