import type { InputMessage } from '@porthole/protocol';
import { editDiff } from './editDiff.ts';
import { type Keyboard, KeyTracker } from './keyTracker.ts';
import { splitText } from './splitText.ts';

export interface KeyboardCaptureOptions {
  /** The hidden text field that has the focus while the keyboard belongs to the device. */
  sink: HTMLTextAreaElement;
  send(message: InputMessage): void;
  focusChanged(focused: boolean): void;
  /** The person asked for the keyboard by the reserved chord; the field has lost the focus. */
  gaveBack(): void;
}

/** Something for an on-screen keyboard to delete; the field is never seen. */
const FILLER = ' '.repeat(32);
const BACKSPACE = 0xff08;

/**
 * The keyboard of one hidden text field: keys go to the device as keys; what dead keys, input methods and on-screen
 * keyboards make of them goes as text. Releases everything whenever the field, the window or the page is left.
 */
export class KeyboardCapture {
  readonly #options: KeyboardCaptureOptions;
  readonly #tracker: KeyTracker;
  readonly #abort = new AbortController();
  #last = FILLER;
  /** No physical key came before: an on-screen keyboard edits, and each of its edits counts at once. */
  #soft = true;
  #focused = false;

  constructor(options: KeyboardCaptureOptions) {
    this.#options = options;
    const { sink, send } = options;
    const chord = () => {
      sink.blur();
      options.gaveBack();
    };
    this.#tracker = new KeyTracker({ send, chord, keyboard: detectKeyboard() });
    this.#listen(sink);
  }

  /** Releases everything and stops listening. */
  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#tracker.releaseAll();
    if (this.#focused) this.#options.focusChanged(false);
  }

  #listen(sink: HTMLTextAreaElement): void {
    const { signal } = this.#abort;
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      sink.addEventListener(type, run, { signal });
    on('keydown', (event) => this.#key(event));
    on('keyup', (event) => this.#tracker.up(event) && event.preventDefault());
    on('compositionend', (event) => this.#composed(event.data));
    on('input', (event) => this.#edited(event instanceof InputEvent && event.isComposing));
    on('focus', () => this.#focus(true));
    on('blur', () => this.#focus(false));
    const letGo = () => this.#tracker.releaseAll();
    window.addEventListener('blur', letGo, { signal });
    window.addEventListener('pagehide', letGo, { signal });
    document.addEventListener('visibilitychange', letGo, { signal });
    if (document.activeElement === sink) this.#focus(true);
  }

  #key(event: KeyboardEvent): void {
    this.#soft = event.code === '';
    if (this.#tracker.down(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #composed(text: string): void {
    if (this.#soft) {
      this.#edited(false);
      return;
    }
    this.#type(text);
    this.#reset();
  }

  #edited(composing: boolean): void {
    if (composing && !this.#soft) return;
    const value = this.#options.sink.value;
    const { erase, insert } = editDiff(this.#last, value);
    this.#last = value;
    for (let i = 0; i < Math.min(erase, FILLER.length); i += 1) this.#backspace();
    this.#type(insert);
    if (!composing) this.#reset();
  }

  #type(text: string): void {
    for (const part of splitText(text)) this.#options.send({ type: 'text', text: part });
  }

  #backspace(): void {
    this.#options.send({ type: 'key', down: true, keysym: BACKSPACE, code: 'Backspace' });
    this.#options.send({ type: 'key', down: false, keysym: BACKSPACE, code: 'Backspace' });
  }

  #reset(): void {
    const { sink } = this.#options;
    this.#last = FILLER;
    if (sink.value !== FILLER) sink.value = FILLER;
    sink.setSelectionRange(FILLER.length, FILLER.length);
  }

  #focus(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    if (focused) this.#reset();
    else this.#tracker.releaseAll();
    this.#options.focusChanged(focused);
  }
}

function detectKeyboard(): Keyboard {
  const platform = navigator.userAgent;
  if (/Mac|iPhone|iPad/.test(platform)) return 'mac';
  return /Windows/.test(platform) ? 'windows' : 'other';
}
