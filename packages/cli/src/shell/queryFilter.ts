import { allowedCommand, allowsControl } from './sequences.ts';

const [ENQ, BEL, CAN, SUB, ESC, C1_LEAD] = [0x05, 0x07, 0x18, 0x1a, 0x1b, 0xc2];
/** Longer sequences are dropped whole. */
const MAX_SEQUENCE = 8 * 1024;

type State = 'ground' | 'lead' | 'escape' | 'control' | 'command' | 'string';

/**
 * Takes out of a session's output what the terminal at hand must not see: questions that it would answer by typing (the
 * device answers them itself), its clipboard, printing, devices' own strings, links to anything but the web.
 */
export class QueryFilter {
  #state: State = 'ground';
  /** The sequence so far, without what it began with. */
  #held: number[] = [];
  /** A string may end with ESC and a backslash. */
  #endsString = false;
  #out: Uint8Array[] = [];

  /** What may be shown of these bytes; sequences may be cut anywhere between two calls. */
  filter(bytes: Uint8Array): Buffer {
    for (let at = 0; at < bytes.byteLength; )
      at = this.#state === 'ground' ? this.#pass(bytes, at) : this.#step(bytes, at);
    const shown = Buffer.concat(this.#out);
    this.#out = [];
    return shown;
  }

  #pass(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.byteLength && !isSpecial(bytes[at] ?? 0)) at++;
    if (at > from) this.#out.push(bytes.subarray(from, at));
    if (at === bytes.byteLength) return at;
    if (bytes[at] === ESC) this.#begin('escape');
    else if (bytes[at] === C1_LEAD) this.#begin('lead');
    return at + 1;
  }

  #step(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0;
    switch (this.#state) {
      case 'lead':
        // U+0080 to U+009F: controls of 8 bits, some of which begin a sequence.
        if (byte < 0x80 || byte > 0x9f) this.#show([C1_LEAD, byte]);
        this.#begin('ground');
        break;
      case 'escape':
        this.#escape(byte);
        break;
      case 'control':
        this.#control(byte);
        break;
      default:
        this.#string(byte);
    }
    return at + 1;
  }

  #escape(byte: number): void {
    const isFirst = this.#held.length === 0;
    if (byte === ESC) this.#begin('escape');
    else if (byte === CAN || byte === SUB) this.#begin('ground');
    else if (isFirst && byte === 0x5b) this.#begin('control');
    else if (isFirst && byte === 0x5d) this.#begin('command');
    else if (isFirst && [0x50, 0x58, 0x5e, 0x5f].includes(byte)) this.#begin('string');
    else if (byte >= 0x20 && byte < 0x30 && this.#held.length < 4) this.#held.push(byte);
    else {
      // ESC Z asks what kind of terminal this is.
      if (!isFirst || byte !== 0x5a) this.#show([ESC, ...this.#held, byte]);
      this.#begin('ground');
    }
  }

  #control(byte: number): void {
    if (byte === ESC) return this.#begin('escape');
    if (byte === CAN || byte === SUB || byte > 0x7e) return this.#begin('ground');
    if (byte === ENQ) return;
    // Controls within a sequence take effect at once.
    if (byte < 0x20) return this.#show([byte]);
    this.#hold(byte);
    if (byte < 0x40) return;
    const text = String.fromCharCode(...this.#held);
    if (this.#held.length < MAX_SEQUENCE && allowsControl(text)) this.#show([ESC, 0x5b, ...this.#held]);
    this.#begin('ground');
  }

  #string(byte: number): void {
    if (this.#endsString && byte !== 0x5c) {
      this.#begin('escape');
      return this.#escape(byte);
    }
    if (this.#endsString || byte === BEL) {
      if (this.#state === 'command') this.#showCommand();
      return this.#begin('ground');
    }
    if (byte === CAN || byte === SUB) return this.#begin('ground');
    this.#endsString = byte === ESC;
    if (byte >= 0x20 && this.#state === 'command') this.#hold(byte);
  }

  #showCommand(): void {
    if (this.#held.length >= MAX_SEQUENCE) return;
    const text = allowedCommand(Buffer.from(this.#held).toString('utf8'));
    // Of a text that was no UTF-8, or holds controls of 8 bits, nothing is shown.
    if (text !== undefined && !/[\u0080-\u009f\ufffd]/.test(text)) this.#show(Buffer.from(`\u001b]${text}\u0007`));
  }

  #hold(byte: number): void {
    if (this.#held.length < MAX_SEQUENCE) this.#held.push(byte);
  }

  #show(bytes: Iterable<number>): void {
    this.#out.push(Uint8Array.from(bytes));
  }

  #begin(state: State): void {
    this.#state = state;
    this.#held = [];
    this.#endsString = false;
  }
}

function isSpecial(byte: number): boolean {
  return byte === ESC || byte === C1_LEAD || byte === ENQ;
}
