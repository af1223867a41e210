import type { TerminalSize } from '@porthole/protocol';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ITheme, Terminal } from '@xterm/xterm';
import type { TerminalScreen } from '../terminalSession.ts';
import { readClipboardRequest } from './clipboardRequest.ts';
import { drawSparingly } from './drawSparingly.ts';
import { muteQueries } from './muteQueries.ts';
import { styleSpansByProperties, withNonce } from './pageStyles.ts';
import { LEAST_CONTRAST, paletteOf } from './palette.ts';
import { drawQuickly } from './quickRenderer.ts';
import { bracketed } from './safePaste.ts';
import { openLink, webAddress } from './webLinks.ts';

/** What happens in a terminal that the page around it must hear of. */
export interface ScreenEvents {
  /** A person typed, or moved the mouse in a program that asked for it. */
  typed(text: string): void;
  /** The same in bytes that are no text. */
  reported(bytes: Uint8Array): void;
  /** True: the page has taken the key. */
  key(event: KeyboardEvent): boolean;
  pasted(text: string): void;
  /** A program rang, while it was live. */
  bell(): void;
  /** A program wants this in the clipboard. */
  copyAsked(text: string): void;
  selected(text: string): void;
  /** Something was drawn: output, another size, a new beginning. */
  drawn(): void;
  /** A link lies under the pointer, or none any more. */
  hover(address: string | undefined): void;
}

export interface ScreenLook {
  scheme: 'light' | 'dark';
  /** In CSS pixels, where the session has the size of this page. */
  fontSize: number;
}

interface ScreenOptions {
  nonce: string;
  label: string;
  fontFamily: string;
  look: ScreenLook;
  /** False: takes no keys. */
  types: boolean;
  events: ScreenEvents;
}

/** Lines above the screen that are kept here; the device keeps as many. */
const SCROLLBACK = 5_000;
const SMALLEST_FONT = 6;

/** A terminal in the page: draws what a session says, and hears what a person does. Its element moves between places. */
export class XtermScreen implements TerminalScreen {
  readonly element = document.createElement('div');
  readonly search = new SearchAddon();
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #options: ScreenOptions;
  #look: ScreenLook;
  #noteOutput: (bytes: number) => void = () => undefined;
  #opened = false;
  #live = false;
  #closed = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#look = options.look;
    styleSpansByProperties();
    this.#terminal = new Terminal({
      allowProposedApi: true,
      disableStdin: !options.types,
      cursorBlink: false,
      fontFamily: options.fontFamily,
      fontSize: options.look.fontSize,
      lineHeight: 1.15,
      linkHandler: { activate: openLink, hover: (_, text) => this.#hover(text), leave: () => this.#hover(undefined) },
      logLevel: 'off',
      macOptionIsMeta: true,
      minimumContrastRatio: LEAST_CONTRAST,
      scrollback: SCROLLBACK,
      theme: this.#palette(),
    });
    this.element.addEventListener('paste', (event) => this.#paste(event), { capture: true });
    this.#load();
    this.#listen();
  }

  /** For what looks at cells: prediction, tests. */
  get terminal(): Terminal {
    return this.#terminal;
  }

  get live(): boolean {
    return this.#live;
  }

  /** Puts the terminal into a place of the page; returns how to take it out again. */
  attach(place: HTMLElement): () => void {
    place.append(this.element);
    if (!this.#opened) {
      this.#opened = true;
      withNonce(this.#options.nonce, () => this.#terminal.open(this.element));
      this.#terminal.textarea?.setAttribute('aria-label', this.#options.label);
      drawQuickly(this.#terminal, this.#options.nonce);
      this.#noteOutput = drawSparingly(this.#terminal);
    }
    return () => this.element.remove();
  }

  /** The size that its place has room for, by the person's own font; undefined while it is not laid out. */
  room(): TerminalSize | undefined {
    if (!this.#opened || !this.element.isConnected || this.element.clientWidth === 0) return undefined;
    const { options } = this.#terminal;
    const shown = options.fontSize;
    options.fontSize = this.#look.fontSize;
    const found = this.#fit.proposeDimensions();
    if (shown !== undefined) options.fontSize = shown;
    if (!found || !Number.isFinite(found.cols) || !Number.isFinite(found.rows)) return undefined;
    return { columns: Math.min(1_000, Math.max(2, found.cols)), rows: Math.min(500, Math.max(1, found.rows)) };
  }

  /** Makes the letters as small as the session's size needs, when that is larger than the place. */
  fitFont(): void {
    const room = this.room();
    if (!room) return;
    const { cols, rows } = this.#terminal;
    const ratio = Math.min(1, room.columns / cols, room.rows / rows);
    const size = Math.max(SMALLEST_FONT, Math.floor(this.#look.fontSize * ratio * 2) / 2);
    if (this.#terminal.options.fontSize !== size) this.#terminal.options.fontSize = size;
  }

  setLook(look: ScreenLook): void {
    const isOther = look.scheme !== this.#look.scheme;
    this.#look = look;
    if (isOther) this.#terminal.options.theme = this.#palette();
    this.fitFont();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Calls the keyboard of a phone up, and puts it away. */
  toggleFocus(): void {
    if (document.activeElement === this.#terminal.textarea) this.#terminal.blur();
    else this.#terminal.focus();
  }

  /** Types a pasted text that is safe; see `safePaste`. */
  paste(text: string): void {
    this.#terminal.input(bracketed(text, this.#terminal.modes.bracketedPasteMode), true);
  }

  /** Types keys, as the bar of a touch screen does. */
  type(text: string): void {
    this.#terminal.input(text, true);
  }

  begin({ columns, rows }: TerminalSize): void {
    this.#inOrder(() => {
      this.#live = false;
      this.#terminal.reset();
      // A reset leaves what programs made of these.
      Object.assign(this.#terminal.options, { convertEol: false, cursorBlink: false, theme: this.#palette() });
      this.#resize(columns, rows);
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#noteOutput(bytes.byteLength);
    return new Promise((resolve) => {
      this.#terminal.write(bytes, () => {
        resolve();
        this.#options.events.drawn();
      });
    });
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#inOrder(() => this.#resize(columns, rows));
  }

  ready(): void {
    this.#inOrder(() => {
      this.#live = true;
    });
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#terminal.dispose();
    this.element.remove();
  }

  /** After all that was written before has been drawn. */
  #inOrder(act: () => void): void {
    if (this.#closed) return;
    this.#terminal.write('', () => {
      if (this.#closed) return;
      act();
      this.#options.events.drawn();
    });
  }

  /** A new object each time: that is what makes colours that programs changed go. */
  #palette(): ITheme {
    return { ...paletteOf(this.#look.scheme) };
  }

  #resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.fitFont();
  }

  #load(): void {
    const terminal = this.#terminal;
    muteQueries(terminal);
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(this.search);
    terminal.loadAddon(new UnicodeGraphemesAddon());
    const hover = (_: MouseEvent, text: string) => this.#hover(text);
    terminal.loadAddon(new WebLinksAddon(openLink, { hover, leave: () => this.#hover(undefined) }));
    terminal.parser.registerOscHandler(52, (data) => {
      const text = this.#live ? readClipboardRequest(data) : undefined;
      if (text !== undefined) this.#options.events.copyAsked(text);
      return true;
    });
  }

  #listen(): void {
    const { events } = this.#options;
    const terminal = this.#terminal;
    terminal.onData((text) => events.typed(text));
    // Mouse reports of old programs, which are bytes and no text.
    terminal.onBinary((text) => events.reported(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    terminal.onBell(() => this.#live && events.bell());
    terminal.onSelectionChange(() => events.selected(terminal.getSelection()));
    terminal.attachCustomKeyEventHandler((event) => !(event.type === 'keydown' && events.key(event)));
  }

  #hover(text: string | undefined): void {
    this.#options.events.hover(text === undefined ? undefined : webAddress(text));
  }

  #paste(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text !== '' && this.#options.types) this.#options.events.pasted(text);
  }
}
