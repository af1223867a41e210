import { MAX_COLUMNS, type TerminalSize } from '@porthole/protocol';
import graphemes from '@xterm/addon-unicode-graphemes';
import xterm, { type IBufferCell, type IBufferLine, type Terminal } from '@xterm/headless';

/** Lines that are kept of what scrolled away. */
export const SCROLLBACK = 5_000;
/** xterm.js knows no narrower terminal. */
const MIN_COLUMNS = 2;

/** A set of characters that stands in for ASCII; undefined is ASCII itself. Compared by identity. */
export type Charset = object | undefined;

/** Attributes as xterm.js packs them. */
export interface Pen {
  fg: number;
  bg: number;
  extended: { underlineStyle: number; underlineColor: number; urlId: number };
}
export type Cell = IBufferCell & Pen;

/** One of the two buffers, as far as the public interface does not tell of it. Rows count from the first line that is kept. */
export interface ScreenBuffer {
  x: number;
  y: number;
  ybase: number;
  scrollTop: number;
  scrollBottom: number;
  savedX: number;
  savedY: number;
  savedCurAttrData: Pen;
  savedCharset: Charset;
  tabs: Record<number, boolean | undefined>;
}

/** What is needed of xterm.js beyond its public interface: a test of this folder fails when it is no longer there. */
interface Core {
  writeSync(data: Uint8Array | string): void;
  _bufferService: { buffers: { normal: ScreenBuffer; alt: ScreenBuffer; active: ScreenBuffer } };
  _charsetService: { charset: Charset; glevel: number; _charsets: Charset[] };
  _inputHandler: { _curAttrData: Pen & { isProtected?(): number }; _parser: { precedingJoinState: number } };
  _oscLinkService: { getLinkData(id: number): { id?: string; uri: string } | undefined };
  coreService: {
    isCursorHidden: boolean;
    decPrivateModes: { cursorStyle?: string; cursorBlink?: boolean; applicationKeypad: boolean };
  };
  coreMouseService: { activeEncoding: string };
}

/** The emulator of one session: what its programs wrote, as a terminal shows it. */
export class Emulator {
  readonly terminal: Terminal;
  readonly #core: Core;

  constructor({ columns, rows }: TerminalSize) {
    this.terminal = new xterm.Terminal({
      cols: Math.max(columns, MIN_COLUMNS),
      rows,
      scrollback: SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
    this.#core = (this.terminal as unknown as { _core: Core })._core;
  }

  get size(): TerminalSize {
    return { columns: Math.min(this.terminal.cols, MAX_COLUMNS), rows: this.terminal.rows };
  }

  get buffers(): { normal: ScreenBuffer; alt: ScreenBuffer; active: ScreenBuffer } {
    return this.#core._bufferService.buffers;
  }

  get pen(): Pen {
    return this.#core._inputHandler._curAttrData;
  }

  get isProtected(): boolean {
    return Boolean(this.#core._inputHandler._curAttrData.isProtected?.());
  }

  get charset(): { current: Charset; level: number; sets: readonly Charset[] } {
    const { charset, glevel, _charsets } = this.#core._charsetService;
    return { current: charset, level: glevel, sets: _charsets };
  }

  get isCursorHidden(): boolean {
    return this.#core.coreService.isCursorHidden;
  }

  get privateModes(): Core['coreService']['decPrivateModes'] {
    return this.#core.coreService.decPrivateModes;
  }

  get mouseEncoding(): string {
    return this.#core.coreMouseService.activeEncoding;
  }

  /** The last thing was a character, and the next may still join it. */
  get mayJoin(): boolean {
    return this.#core._inputHandler._parser.precedingJoinState !== 0;
  }

  link(id: number): { id?: string; uri: string } | undefined {
    return this.#core._oscLinkService.getLinkData(id);
  }

  /** Cell `column` of a line; `into` is written over and returned. */
  cell(line: IBufferLine, column: number, into: Cell): Cell {
    return (line.getCell(column, into) ?? into) as Cell;
  }

  newCell(): Cell {
    return this.terminal.buffer.active.getNullCell() as Cell;
  }

  /** Parses at once. */
  write(data: Uint8Array | string): void {
    this.#core.writeSync(data);
  }

  resize({ columns, rows }: TerminalSize): void {
    this.terminal.resize(Math.max(columns, MIN_COLUMNS), rows);
  }

  close(): void {
    this.terminal.dispose();
  }
}
