import { CellWriter, selectLink } from './cellWriter.ts';
import { designationOf } from './charsets.ts';
import type { Charset, Emulator, ScreenBuffer } from './emulator.ts';
import { isPlain, isProtected, selectPen, selectProtection, selectWholePen } from './pen.ts';

const TAB = 8;
const CURSOR_STYLES: Record<string, number> = { block: 1, underline: 3, bar: 5 };
const MOUSE_MODES: Record<string, number> = { none: 0, x10: 9, vt200: 1000, drag: 1002, any: 1003 };
const MOUSE_ENCODINGS: Record<string, number> = { SGR: 1006, SGR_PIXELS: 1016 };

/** What ESC 7 saved in this buffer, saved once more. */
export function savedCursor(emulator: Emulator, buffer: ScreenBuffer): string {
  const { savedX, savedY, savedCurAttrData: pen, savedCharset } = buffer;
  const y = Math.min(Math.max(savedY - buffer.ybase, 0), emulator.terminal.rows - 1);
  const x = Math.min(savedX, emulator.terminal.cols - 1);
  if (x === 0 && y === 0 && isPlain(pen) && savedCharset === undefined) return '';
  const plain = { ...pen, extended: { underlineStyle: 1, underlineColor: 0, urlId: 0 } };
  const restore = '\x1b(B\x1b[m';
  const select = `${selectPen(plain)}${isProtected(pen) ? selectProtection(true) : ''}${designate(0, savedCharset)}`;
  return `\x1b[${y + 1};${x + 1}H${select}\x1b7${restore}`;
}

/** Tab stops and scroll margins; the cursor is anywhere afterwards. */
export function stopsAndMargins(emulator: Emulator, { tabs, scrollTop, scrollBottom }: ScreenBuffer): string {
  const { cols, rows } = emulator.terminal;
  const stops = Array.from({ length: cols }, (_, x) => x).filter((x) => tabs[x]);
  const usual = stops.length === Math.ceil(cols / TAB) && stops.every((x) => x % TAB === 0);
  const tabText = usual ? '' : `\x1b[3g${stops.map((x) => `\x1b[${x + 1}G\x1bH`).join('')}`;
  const isWhole = scrollTop === 0 && scrollBottom === rows - 1;
  return `${tabText}${isWhole ? '' : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`}`;
}

/** Everything that does not belong to one of the buffers, and the cursor: what has to come last. */
export function finish(emulator: Emulator): string {
  const { terminal, buffers } = emulator;
  const { active } = buffers;
  const { originMode, insertMode } = terminal.modes;
  const origin = originMode ? '\x1b[?6h' : '';
  const place = new CursorPlace(emulator, active, originMode ? active.scrollTop : 0);
  const canJoin = emulator.mayJoin && place.hasCharacter && !(insertMode && place.isComposed);
  // Only restoring a cursor leads to a set of characters that is none of the four designated ones.
  const isRestored = emulator.charset.current !== emulator.charset.sets[emulator.charset.level];
  const before = `${origin}${isRestored ? `${charsets(emulator)}\x1b8\x1b[m` : ''}`;
  const state = `${isRestored ? '' : charsets(emulator)}${modes(emulator)}${pen(emulator)}`;
  const insert = insertMode ? '\x1b[4h' : '';
  if (!canJoin) return `${before}${place.toCursor}${state}${insert}`;
  // Written once more, so that what follows can join it; where that shifts the rest of the line, it is taken out first.
  const removed = insertMode ? `\x1b[${place.width}P` : '';
  return `${before}${place.toCharacter}${state}${insert}${removed}${place.character}`;
}

/** How the cursor gets where it is. Beyond the last column it gets only by writing into that. */
class CursorPlace {
  readonly hasCharacter: boolean;
  /** What stands before the cursor. */
  readonly character: string;
  readonly #emulator: Emulator;
  readonly #buffer: ScreenBuffer;
  readonly #top: number;
  readonly #from: number;
  /** Of the character, in columns. */
  readonly width: number;

  constructor(emulator: Emulator, buffer: ScreenBuffer, top: number) {
    this.#emulator = emulator;
    this.#buffer = buffer;
    this.#top = top;
    const line = this.#line;
    const isTail = buffer.x > 1 && line?.getCell(buffer.x - 1)?.getWidth() === 0;
    this.width = isTail ? 2 : 1;
    this.#from = Math.max(0, buffer.x - this.width);
    this.character = buffer.x > 0 ? (line?.getCell(this.#from)?.getChars() ?? '') : '';
    this.hasCharacter = this.character !== '';
  }

  /** Of several code points: inserting those one by one shifts by another width than the whole has. */
  get isComposed(): boolean {
    return [...this.character].length > 1;
  }

  get toCharacter(): string {
    return this.#at(this.#from);
  }

  get toCursor(): string {
    const line = this.#line;
    if (this.#buffer.x < this.#emulator.terminal.cols || !line) return this.#at(this.#buffer.x);
    const again = this.hasCharacter ? new CellWriter(this.#emulator, line, this.#from, true).write() : ' ';
    return `${this.#at(this.#from)}${again}`;
  }

  get #line() {
    return this.#emulator.terminal.buffer.active.getLine(this.#buffer.ybase + this.#buffer.y);
  }

  #at(x: number): string {
    return `\x1b[${this.#buffer.y - this.#top + 1};${x + 1}H`;
  }
}

function pen(emulator: Emulator): string {
  const { pen: current } = emulator;
  const { urlId } = current.extended;
  const isPlainPen = isPlain(current) && current.extended.underlineColor === 0;
  return [
    isPlainPen ? '' : selectWholePen(current),
    isProtected(current) ? selectProtection(true) : '',
    urlId === 0 ? '' : selectLink(emulator, urlId),
  ].join('');
}

function charsets(emulator: Emulator): string {
  const { sets, level } = emulator.charset;
  const designations = [0, 1, 2, 3].map((set) => designate(set, sets[set])).join('');
  return `${designations}${['', '\x0e', '\x1bn', '\x1bo'][level] ?? ''}`;
}

function designate(set: number, charset: Charset): string {
  return charset === undefined ? '' : `\x1b${'()*+'[set]}${designationOf(charset)}`;
}

function modes(emulator: Emulator): string {
  const { modes: on, options } = emulator.terminal;
  const { cursorStyle, cursorBlink, applicationKeypad } = emulator.privateModes;
  const mouse = MOUSE_MODES[on.mouseTrackingMode] ?? 0;
  const encoding = MOUSE_ENCODINGS[emulator.mouseEncoding] ?? 0;
  const set = [
    on.applicationCursorKeysMode && 1,
    options.cursorBlink && 12,
    on.reverseWraparoundMode && 45,
    applicationKeypad && 66,
    on.sendFocusMode && 1004,
    mouse,
    encoding,
    on.bracketedPasteMode && 2004,
    on.synchronizedOutputMode && 2026,
  ].filter((mode) => typeof mode === 'number' && mode > 0);
  const style = cursorStyle === undefined ? 0 : (CURSOR_STYLES[cursorStyle] ?? 0) + (cursorBlink === false ? 1 : 0);
  return [
    ...set.map((mode) => `\x1b[?${mode}h`),
    options.convertEol ? '\x1b[20h' : '',
    on.wraparoundMode ? '' : '\x1b[?7l',
    emulator.isCursorHidden ? '\x1b[?25l' : '',
    style === 0 ? '' : `\x1b[${style} q`,
  ].join('');
}
