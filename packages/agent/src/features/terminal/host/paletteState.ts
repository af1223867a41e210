import type { Terminal } from '@xterm/headless';

/** Dynamic colours: text, background, cursor; and what puts each back. */
const DYNAMIC = [10, 11, 12] as const;
const BACK = 100;
/** Longest colour that a program may name. */
const MAX_SPEC = 64;

/** Colours that programs chose anew: the emulator on the device has no use for them, but viewers have. */
export class PaletteState {
  readonly #colors = new Map<number, string>();
  readonly #dynamic = new Map<number, string>();

  constructor({ parser }: Terminal) {
    parser.registerOscHandler(4, (data) => this.#palette(data));
    parser.registerOscHandler(104, (data) => this.#paletteBack(data));
    for (const which of DYNAMIC) {
      parser.registerOscHandler(which, (data) => this.#set(which, data));
      parser.registerOscHandler(which + BACK, () => !this.#dynamic.delete(which) && false);
    }
    // A reset of the terminal takes all of it back.
    parser.registerEscHandler({ final: 'c' }, () => this.#forget());
  }

  /** The sequences that choose them once more. */
  get text(): string {
    const colors = [...this.#colors].map(([index, spec]) => `\x1b]4;${index};${spec}\x1b\\`);
    const dynamic = [...this.#dynamic].map(([which, spec]) => `\x1b]${which};${spec}\x1b\\`);
    return [...colors, ...dynamic].join('');
  }

  #palette(data: string): boolean {
    const parts = data.split(';');
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const index = /^\d{1,3}$/.test(parts[at] ?? '') ? Number(parts[at]) : 256;
      const spec = parts[at + 1] ?? '';
      if (index < 256 && isColor(spec)) this.#colors.set(index, spec);
    }
    return false;
  }

  #paletteBack(data: string): boolean {
    if (data === '') this.#colors.clear();
    for (const index of data.split(';')) this.#colors.delete(Number(index));
    return false;
  }

  /** One sequence may set this colour and those that follow it. */
  #set(which: number, data: string): boolean {
    data.split(';').forEach((spec, offset) => {
      if (which + offset <= 12 && isColor(spec)) this.#dynamic.set(which + offset, spec);
    });
    return false;
  }

  #forget(): boolean {
    this.#colors.clear();
    this.#dynamic.clear();
    return false;
  }
}

/** A question mark instead would be a question. */
function isColor(spec: string): boolean {
  return spec.length <= MAX_SPEC && /^(?:#[0-9a-f]{3,12}|rgb:[0-9a-f/]+)$/i.test(spec);
}
