import type { IBufferLine } from '@xterm/headless';
import type { Cell, Emulator } from './emulator.ts';
import { isErasable, isPlain, isProtected, isSamePen, linkOf, selectPen, selectProtection } from './pen.ts';

/** Ends the character before: the next begins a new one even where the two would join. */
const APART = '\0';
/** Characters that may join the one before or after them. */
const JOINING = /[\p{M}\p{Cf}\p{Regional_Indicator}\p{Emoji_Modifier}\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff]/u;
const WIDE = '\u4e00';

/** Writes cells of one line, from a plain pen to a plain pen. */
export class CellWriter {
  readonly #emulator: Emulator;
  readonly #line: IBufferLine;
  readonly #columns: number;
  #out = '';
  #pen: Cell;
  #cell: Cell;
  #x: number;
  /** Left of this column something else was written on the way, so that emptiness must be written too. */
  #soiled: number;
  #mayJoin = false;

  /** @param from column that the cursor is in, the first to be written. */
  constructor(emulator: Emulator, line: IBufferLine, from: number, isSoiled: boolean) {
    this.#emulator = emulator;
    this.#line = line;
    this.#columns = Math.min(emulator.terminal.cols, line.length);
    this.#pen = emulator.newCell();
    this.#cell = emulator.newCell();
    this.#x = from;
    this.#soiled = isSoiled ? this.#columns : 0;
  }

  /** Where the cursor is; the number of columns when the next character would wrap. */
  get x(): number {
    return this.#x;
  }

  /** The sequence that writes all cells up to column `end`. */
  write(end: number = this.#columns): string {
    for (let x = this.#x; x < end; ) x += this.#write(x);
    return `${this.#out}${this.#putDown()}`;
  }

  /** Writes one cell; answers how many columns it takes. */
  #write(x: number): number {
    const cell = this.#emulator.cell(this.#line, x, this.#cell);
    const text = cell.getChars();
    const width = Math.max(1, cell.getWidth());
    if (text === '') this.#blank(cell, x);
    else this.#character(cell, { x, text, width });
    return width;
  }

  #character(cell: Cell, { x, text, width }: { x: number; text: string; width: number }): void {
    this.#moveTo(x);
    this.#take(cell);
    const mayJoin = text.charCodeAt(0) > 0x2ff && JOINING.test(text);
    if (mayJoin || this.#mayJoin) this.#out += APART;
    this.#mayJoin = mayJoin;
    this.#out += text;
    this.#x = x + width;
  }

  /** A cell without a character. Erasing makes those that have a background alone; any other is half of a wide character. */
  #blank(cell: Cell, x: number): void {
    if (isPlain(cell) && x >= this.#soiled) return;
    this.#moveTo(x);
    const isErased = isErasable(cell) || x + 1 >= this.#columns;
    this.#take(cell);
    if (isErased) {
      this.#out += '\x1b[X';
      return;
    }
    this.#out += `${WIDE}\x1b[${x + 2}G `;
    this.#x = x + 2;
    this.#soiled = Math.max(this.#soiled, x + 2);
    this.#moveTo(x + 1);
  }

  #moveTo(x: number): void {
    if (this.#x === x) return;
    this.#out += x > this.#x ? `\x1b[${x - this.#x}C` : `\x1b[${x + 1}G`;
    this.#x = x;
  }

  #take(cell: Cell): void {
    const link = linkOf(cell);
    if (link !== linkOf(this.#pen)) this.#out += selectLink(this.#emulator, link);
    if (!isSamePen(cell, this.#pen)) {
      // Selecting a pen ends the protection.
      this.#out += `${selectPen(cell)}${isProtected(cell) ? selectProtection(true) : ''}`;
    }
    // The cell that was read becomes the pen, and the next is read into what was the pen.
    [this.#pen, this.#cell] = [cell, this.#pen];
  }

  #putDown(): string {
    const link = linkOf(this.#pen) === 0 ? '' : selectLink(this.#emulator, 0);
    return `${isPlain(this.#pen) ? '' : '\x1b[m'}${link}`;
  }
}

/** The sequence by which what is written now is part of a link; 0: of none. */
export function selectLink(emulator: Emulator, id: number): string {
  const link = id === 0 ? undefined : emulator.link(id);
  if (!link) return '\x1b]8;;\x1b\\';
  return `\x1b]8;${link.id === undefined ? '' : `id=${link.id}`};${link.uri}\x1b\\`;
}
