import type { InputMessage } from '@porthole/protocol';
import { type Later, laterByTimer } from '../../base/later.ts';
import { isLockKey, type KeyLike, keysymOf } from './keysym.ts';

/** What is read of a DOM `KeyboardEvent`. */
export interface KeyEventLike extends KeyLike {
  repeat: boolean;
  isComposing: boolean;
  keyCode: number;
  ctrlKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

export type Keyboard = 'mac' | 'windows' | 'other';

export interface KeyTrackerOptions {
  send(message: InputMessage): void;
  /** Ctrl + Alt + Shift: the person wants the keyboard back. Everything is released before. */
  chord(): void;
  /** Whose keyboard this is; their browsers differ. */
  keyboard: Keyboard;
  later?: Later;
}

const LEVEL3 = 0xfe03;
const [ALT, ALT_RIGHT, SUPER] = [0xffe9, 0xffea, 0xffeb];
/** Windows sends a Ctrl that nobody pressed right before AltGr; a Ctrl waits this long to see whether one follows. */
const ALTGR_WAIT_MS = 50;
/** `keyCode` of a key that an input method has taken. */
const TAKEN_BY_METHOD = 229;

/**
 * Turns key events into key messages and knows what is held on the device, so that nothing can stick. Both methods say
 * whether the browser must not act on the event itself. Repeats are those of this keyboard, at the pace that the person set
 * here: a device that repeated by itself would go on when the connection hangs.
 */
export class KeyTracker {
  readonly #options: Required<KeyTrackerOptions>;
  /** Held keys by `code`, with the keysym that was sent: the release must name the same one. */
  readonly #held = new Map<string, number>();
  #waitingCtrl: { keysym: number; cancel: () => void } | undefined;

  constructor(options: KeyTrackerOptions) {
    this.#options = { later: laterByTimer, ...options };
  }

  /** Codes of what is held on the device now. */
  get held(): ReadonlySet<string> {
    return new Set(this.#held.keys());
  }

  down(event: KeyEventLike): boolean {
    this.#settleCtrl(event.key === 'AltGraph');
    this.#releaseMissed(event);
    if (isLockKey(event.key) || isTextToCome(event)) return false;
    if (event.repeat) return this.#repeat(event.code);
    const keysym = this.#keysym(event);
    if (event.code === '') return this.#tap(keysym, '');
    if (event.code === 'ControlLeft' && this.#options.keyboard === 'windows') {
      this.#waitingCtrl = { keysym, cancel: this.#options.later(() => this.#settleCtrl(false), ALTGR_WAIT_MS) };
      return true;
    }
    // A Mac never reports the release of a key that went down under Cmd.
    if (event.metaKey && this.#options.keyboard === 'mac' && !isModifier(event.code))
      return this.#tap(keysym, event.code);
    this.#press(event.code, keysym);
    if (this.#isChord()) {
      this.releaseAll();
      this.#options.chord();
    }
    return true;
  }

  up(event: KeyEventLike): boolean {
    this.#settleCtrl(false);
    const wasHeld = this.#release(event.code);
    this.#releaseMissed(event);
    return wasHeld;
  }

  /** Lets go of everything, keys and buttons; safe to call at any time. */
  releaseAll(): void {
    this.#waitingCtrl?.cancel();
    this.#waitingCtrl = undefined;
    this.#held.clear();
    this.#options.send({ type: 'release' });
  }

  /** Forgets without sending: the seat is gone, and the device has released everything itself. */
  close(): void {
    this.#waitingCtrl?.cancel();
    this.#waitingCtrl = undefined;
    this.#held.clear();
  }

  #keysym(event: KeyEventLike): number {
    const keysym = keysymOf(event);
    // X11 calls Alt under Shift "Meta"; it is still the Alt key.
    if (event.key === 'Meta' && event.code.startsWith('Alt')) return event.code === 'AltRight' ? ALT_RIGHT : ALT;
    if (this.#options.keyboard !== 'mac') return keysym;
    // On a Mac, Option chooses characters as AltGr does elsewhere; the right Cmd then takes the place of Alt.
    if (event.key === 'Alt') return LEVEL3;
    if (event.key === 'Meta') return event.code === 'MetaRight' ? ALT : SUPER;
    return keysym;
  }

  #press(code: string, keysym: number): void {
    this.#release(code);
    this.#held.set(code, keysym);
    this.#options.send({ type: 'key', down: true, keysym, code });
  }

  #repeat(code: string): boolean {
    const keysym = this.#held.get(code);
    if (keysym !== undefined && !isModifier(code)) this.#options.send({ type: 'key', down: true, keysym, code });
    return true;
  }

  #release(code: string): boolean {
    const keysym = this.#held.get(code);
    if (keysym === undefined) return false;
    this.#held.delete(code);
    this.#options.send({ type: 'key', down: false, keysym, code });
    return true;
  }

  #tap(keysym: number, code: string): boolean {
    if (keysym === 0 && code === '') return false;
    this.#options.send({ type: 'key', down: true, keysym, code });
    this.#options.send({ type: 'key', down: false, keysym, code });
    return true;
  }

  #settleCtrl(fake: boolean): void {
    const waiting = this.#waitingCtrl;
    this.#waitingCtrl = undefined;
    waiting?.cancel();
    if (waiting && !fake) this.#press('ControlLeft', waiting.keysym);
  }

  /** The browser may lose a release (both Shift keys on Windows, a system shortcut); the flags of later events tell. */
  #releaseMissed(event: KeyEventLike): void {
    const flags = { Shift: event.shiftKey, Control: event.ctrlKey, Meta: event.metaKey };
    for (const code of [...this.#held.keys()]) {
      const family = (['Shift', 'Control', 'Meta'] as const).find((name) => code.startsWith(name));
      if (family && !flags[family] && code !== event.code) this.#release(code);
    }
  }

  #isChord(): boolean {
    const codes = [...this.#held.entries()];
    const alt = codes.some(
      ([code, keysym]) => code.startsWith('Alt') && (keysym !== LEVEL3 || this.#options.keyboard === 'mac'),
    );
    const has = (name: string) => codes.some(([code]) => code.startsWith(name));
    return alt && has('Control') && has('Shift');
  }
}

/** The start or middle of a composition, or an on-screen keyboard: the text arrives by other events. */
function isTextToCome(event: KeyEventLike): boolean {
  if (event.isComposing || event.key === 'Process' || event.keyCode === TAKEN_BY_METHOD) return true;
  return event.key === 'Dead' && !event.ctrlKey && !event.metaKey;
}

function isModifier(code: string): boolean {
  return /^(Shift|Control|Alt|Meta)/.test(code);
}
