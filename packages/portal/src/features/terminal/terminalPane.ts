import type { TerminalSize } from '@porthole/protocol';
import { type Readable, Store } from '../../base/store.ts';
import { texts } from '../../base/texts.ts';
import { glimpseOf, PredictionOverlay } from './echo/predictionOverlay.ts';
import { PredictiveEcho } from './echo/predictiveEcho.ts';
import { prefer, preferencesStore } from './preferencesStore.ts';
import { type KeyAction, keyAction } from './screen/keyActions.ts';
import { LONGEST_PASTE, type Paste, safePaste } from './screen/safePaste.ts';
import { type BarKey, barKeyText, type Held, NONE_HELD, withHeld } from './screen/touchKeys.ts';
import { type ScreenEvents, type ScreenLook, XtermScreen } from './screen/xtermScreen.ts';
import type { TerminalLink } from './terminalLink.ts';
import { zoomed } from './terminalPreferences.ts';
import { type SessionTarget, TerminalSession } from './terminalSession.ts';

/** A sentence to show for a moment, or until it is dealt with when something can be done. */
export interface PaneNotice {
  text: string;
  act?: { label: string; run: () => void };
}

/** What a person sees of a pane beside the terminal and its session. */
export interface PaneState {
  notice: PaneNotice | undefined;
  /** It rang while nobody had it in front of them. */
  rang: boolean;
  /** Waits for a yes or no. */
  pasting: Paste | undefined;
  searching: boolean;
  /** Address of the link under the pointer. */
  link: string | undefined;
  /** The terminal has the keyboard. */
  focused: boolean;
  /** What the bar of a touch screen holds for the next key. */
  held: Held;
}

/** What a pane asks of the workspace that it is in. */
export interface PaneOwner {
  /** A key that means something beyond the pane. */
  action(action: Exclude<KeyAction, 'copy' | 'paste' | 'search' | 'larger' | 'smaller' | 'usualSize'>): void;
  focused(): void;
  isSplit(): boolean;
  /** Whether programs may fill the clipboard. */
  mayCopy(): boolean;
}

interface PaneOptions {
  link: TerminalLink;
  target: SessionTarget;
  types: boolean;
  nonce: string;
  label: string;
  fontFamily: string;
  look: ScreenLook;
  owner: PaneOwner;
}

const encoder = new TextEncoder();
/** How often an echo that is awaited is asked after. */
const PATIENCE_MS = 80;
const NOTICE_MS = 4_000;
/** Sizes are told when the place has stopped changing. */
const SETTLE_MS = 60;
const MAC = /^Mac/.test(navigator.platform);

/** A session of the device in a place of the page: its terminal, its session, and what lies between the two. */
export class TerminalPane {
  readonly screen: XtermScreen;
  readonly session: TerminalSession;
  readonly state: Readable<PaneState>;
  readonly types: boolean;
  readonly #state = new Store<PaneState>({
    notice: undefined,
    rang: false,
    pasting: undefined,
    searching: false,
    link: undefined,
    focused: false,
    held: NONE_HELD,
  });
  readonly #owner: PaneOwner;
  readonly #link: TerminalLink['link'];
  readonly #echo = new PredictiveEcho();
  readonly #overlay: PredictionOverlay;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  /** The size that was asked for last. */
  #asked: TerminalSize | undefined;

  constructor({ link, target, types, owner, ...screen }: PaneOptions) {
    this.state = this.#state;
    this.types = types;
    this.#owner = owner;
    this.#link = link.link;
    this.screen = new XtermScreen({ ...screen, types, events: this.#events() });
    this.#overlay = new PredictionOverlay(this.screen.terminal);
    const size = () => {
      this.#asked = this.screen.room();
      return this.#asked;
    };
    this.session = new TerminalSession({ link, target, types, screen: this.screen, size });
    // What changed while nothing could be said.
    this.session.state.subscribe(() => this.#settle());
    this.screen.element.addEventListener('focusin', () => this.#focus(true));
    this.screen.element.addEventListener('focusout', () => this.#focus(false));
  }

  /** What is shown of keys that the device has not confirmed. */
  get predicted(): string {
    return this.#overlay.text;
  }

  /** Shows it in a place, and follows the size of the place until the returned function is called. */
  attach(place: HTMLElement): () => void {
    const detach = this.screen.attach(place);
    const observer = new ResizeObserver(() => this.#settle());
    observer.observe(place);
    this.#state.patch({ rang: false });
    return () => {
      observer.disconnect();
      clearTimeout(this.#settling);
      detach();
    };
  }

  /** Types a text that was pasted, after asking when it has several lines. */
  paste(pasted: string): void {
    if (pasted.length > LONGEST_PASTE) return this.notify({ text: texts.terminal.paste.tooLong });
    const paste = safePaste(pasted);
    if (paste.lines > 1 && preferencesStore().get().confirmPaste) this.#state.patch({ pasting: paste });
    else this.screen.paste(paste.text);
  }

  /** The answer to the question about a paste. */
  answerPaste(wanted: boolean): void {
    const { pasting } = this.#state.get();
    this.#state.patch({ pasting: undefined });
    if (pasting && wanted) this.screen.paste(pasting.text);
  }

  /** Asks the browser for what is in the clipboard, which may ask the person. */
  async pasteFromClipboard(): Promise<void> {
    const text = await navigator.clipboard.readText().catch(() => '');
    if (text !== '') this.paste(text);
  }

  /** Holds modifiers for the next key. */
  hold(held: Held): void {
    this.#state.patch({ held });
  }

  /** Presses a key of the bar. */
  pressBar(key: BarKey): void {
    const { held } = this.#state.get();
    this.#state.patch({ held: NONE_HELD });
    this.screen.type(barKeyText(key, held, this.screen.terminal.modes.applicationCursorKeysMode));
  }

  setSearching(searching: boolean): void {
    this.#state.patch({ searching });
    if (!searching) this.screen.focus();
  }

  notify(notice: PaneNotice | undefined): void {
    clearTimeout(this.#forgetting);
    this.#state.patch({ notice });
    if (notice && !notice.act) this.#forgetting = setTimeout(() => this.#state.patch({ notice: undefined }), NOTICE_MS);
  }

  setLook(look: ScreenLook): void {
    this.screen.setLook(look);
    this.#settle();
  }

  /** Stops looking; the session runs on. Idempotent. */
  close(): void {
    for (const timer of [this.#settling, this.#forgetting, this.#waiting]) clearTimeout(timer);
    this.#overlay.close();
    this.session.close();
    this.screen.close();
  }

  #events(): ScreenEvents {
    return {
      typed: (text) => this.#typed(text),
      reported: (bytes) => this.#send(bytes),
      key: (event) => this.#key(event),
      pasted: (text) => this.paste(text),
      bell: () => this.#rang(),
      copyAsked: (text) => this.#copyAsked(text),
      selected: (text) => {
        if (text !== '' && preferencesStore().get().copyOnSelect) void copy(text);
      },
      drawn: () => this.#drawn(),
      hover: (link) => this.#state.patch({ link }),
    };
  }

  #typed(text: string): void {
    const { held } = this.#state.get();
    this.#state.patch({ held: NONE_HELD });
    const sent = withHeld(text, held);
    this.#predict(sent);
    this.#send(encoder.encode(sent));
  }

  #predict(text: string): void {
    const isLive = this.session.state.get().at.phase === 'live';
    if (!isLive || !preferencesStore().get().predict) return this.#echo.withdraw();
    this.#echo.typed(text, glimpseOf(this.screen.terminal), performance.now());
    this.#showPrediction();
  }

  #drawn(): void {
    this.#echo.drawn(glimpseOf(this.screen.terminal), performance.now());
    this.#showPrediction();
  }

  /** Draws what is guessed now, and comes back to see whether it came true. */
  #showPrediction(): void {
    const prediction = this.#echo.shown(this.#link.roundTrip);
    this.#overlay.show(prediction);
    clearTimeout(this.#waiting);
    if (prediction) this.#waiting = setTimeout(() => this.#waited(), PATIENCE_MS);
  }

  #waited(): void {
    this.#echo.waited(performance.now(), this.#link.roundTrip);
    this.#showPrediction();
  }

  #send(bytes: Uint8Array): void {
    if (this.session.state.get().at.phase !== 'live') return;
    if (!this.session.type(bytes)) this.notify({ text: texts.terminal.paste.dropped });
  }

  #key(event: KeyboardEvent): boolean {
    const action = keyAction(event, { mac: MAC, split: this.#owner.isSplit() });
    if (action === undefined) return false;
    // The browser's own paste brings the text along without asking.
    if (action !== 'paste') event.preventDefault();
    this.#act(action);
    return true;
  }

  #act(action: KeyAction): void {
    const { fontSize } = preferencesStore().get();
    switch (action) {
      case 'paste':
        return;
      case 'copy':
        return this.#copySelection();
      case 'search':
        return this.setSearching(true);
      case 'larger':
        return prefer({ fontSize: zoomed(fontSize, 1) });
      case 'smaller':
        return prefer({ fontSize: zoomed(fontSize, -1) });
      case 'usualSize':
        return prefer({ fontSize: zoomed(fontSize, 0) });
      default:
        return this.#owner.action(action);
    }
  }

  #copySelection(): void {
    const text = this.screen.terminal.getSelection();
    if (text === '') return;
    const { notice } = texts.terminal;
    void copy(text).then((done) => this.notify({ text: done ? notice.copied : notice.copyFailed }));
  }

  #copyAsked(text: string): void {
    const { notice } = texts.terminal;
    if (!this.#owner.mayCopy()) return this.notify({ text: notice.programRefused });
    void copy(text).then((done) => {
      if (done) return this.notify({ text: notice.programCopied });
      // Browsers want a person's touch first.
      const run = () => void copy(text).then(() => this.notify({ text: notice.programCopied }));
      this.notify({ text: notice.programAsks, act: { label: notice.allow, run } });
    });
  }

  #rang(): void {
    const isSeen = this.screen.element.checkVisibility() && document.visibilityState === 'visible';
    this.#state.patch({ rang: !isSeen });
    if (isSeen && this.#state.get().notice === undefined) this.notify({ text: texts.terminal.notice.bell });
  }

  #focus(focused: boolean): void {
    this.#state.patch({ focused });
    if (focused) this.#owner.focused();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.screen.fitFont();
      const room = this.screen.room();
      if (!room || (room.columns === this.#asked?.columns && room.rows === this.#asked.rows)) return;
      if (this.session.resize(room)) this.#asked = room;
    }, SETTLE_MS);
  }
}

/** False when the browser refused. */
async function copy(text: string): Promise<boolean> {
  return await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
