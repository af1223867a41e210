import { PortholeError } from '@porthole/protocol';
import type { Test } from 'x11';
import { XConnection } from '../../../platform/x11/connection.ts';
import { Keyboard } from '../../../platform/x11/keyboard.ts';
import { Ledger } from '../../../platform/x11/ledger.ts';
import type { InputSink, OpenInput } from '../backend.ts';
import { SETTLE_MS } from '../spareKeys.ts';
import { WheelAxis } from '../wheel.ts';
import { RepeatSwitch, releaseLeftovers } from './x11Device.ts';
import { X11Keys } from './x11Keys.ts';

/** More waiting calls than any hand makes; beyond, only what lets go is still taken. */
const MAX_WAITING = 16_384;

/** Opens an X display such as ':0' for typing and clicking through XTEST, on a connection of its own. */
export const openX11Input: OpenInput = async (display) => {
  const connection = await XConnection.open(display);
  try {
    const test = await connection.extension('xtest');
    let keys: X11Keys | undefined;
    const keyboard = await Keyboard.open(connection, () => keys?.mapChanged());
    const { ledger, left, others } = await Ledger.open(connection);
    if (left.length > 0) await releaseLeftovers({ connection, test, keyboard }, left);
    const repeat = await RepeatSwitch.open(connection, keyboard, others || left.length > 0);
    keys = new X11Keys({ connection, test, keyboard, ledger });
    return new X11Input({ connection, test, keys, ledger, repeat });
  } catch (error) {
    connection.close();
    if (error instanceof PortholeError && error.code !== 'display.lost') throw error;
    throw new PortholeError('display.missing', `The display ${display} cannot be used: ${String(error)}.`);
  }
};

interface Parts {
  connection: XConnection;
  test: Test;
  keys: X11Keys;
  ledger: Ledger;
  repeat: RepeatSwitch;
}

type Task = () => void | Promise<void>;

class X11Input implements InputSink {
  readonly closed: Promise<string>;
  readonly #parts: Parts;
  readonly #buttons = new Set<number>();
  readonly #wheelX = new WheelAxis();
  readonly #wheelY = new WheelAxis();
  /** What waits for an answer of the server; order is kept by never overtaking it. */
  #waiting: Task[] = [];
  #running = false;
  #restoring: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.closed = parts.connection.closed;
  }

  move(x: number, y: number): void {
    this.#enqueue(() => this.#fake(MOTION, 0, { x: coordinate(x), y: coordinate(y) }));
  }

  button(button: number, down: boolean): void {
    const number = BUTTONS[button];
    if (number === undefined) return;
    this.#enqueue(() => {
      if (down) this.#buttons.add(number);
      else if (!this.#buttons.delete(number)) return;
      this.#fake(down ? BUTTON_PRESS : BUTTON_RELEASE, number);
    }, !down);
  }

  wheel(dx: number, dy: number): void {
    this.#enqueue(() => {
      this.#turn(this.#wheelY.add(dy), WHEEL.up, WHEEL.down);
      this.#turn(this.#wheelX.add(dx), WHEEL.left, WHEEL.right);
    });
  }

  key(down: boolean, keysym: number, code: string): void {
    if (keysym === 0 && code === '') return;
    const { keys } = this.#parts;
    this.#enqueue(() => (down ? keys.down(keysym, code) : keys.up(keysym, code)), !down);
  }

  text(text: string): void {
    for (const character of text.replaceAll('\r\n', '\n')) {
      this.#enqueue(() => this.#parts.keys.type(character.codePointAt(0) ?? 0));
    }
  }

  releaseAll(): void {
    this.#enqueue(() => this.#release(), true);
    // Not at once: programs still read what was typed, and the next key should not wait for it.
    clearTimeout(this.#restoring);
    this.#restoring = setTimeout(() => {
      this.#enqueue(() => this.#parts.keys.restore(performance.now() - SETTLE_MS / 2), true);
    }, SETTLE_MS);
  }

  close(): void {
    if (this.#closing) return;
    clearTimeout(this.#restoring);
    this.#waiting = [];
    const { connection, keys, ledger, repeat } = this.#parts;
    this.#enqueue(() => this.#release(), true);
    this.#enqueue(async () => {
      await keys.settled();
      await keys.restore(Number.POSITIVE_INFINITY);
      if (await ledger.clear()) repeat.restore();
      await connection.sync();
    }, true);
    this.#enqueue(() => connection.close(), true);
    this.#closing = true;
  }

  #release(): void {
    this.#parts.keys.releaseAll();
    for (const number of this.#buttons) this.#fake(BUTTON_RELEASE, number);
    this.#buttons.clear();
  }

  #turn(notches: number, negative: number, positive: number): void {
    const number = notches < 0 ? negative : positive;
    for (let count = Math.abs(notches); count > 0; count--) {
      this.#fake(BUTTON_PRESS, number);
      this.#fake(BUTTON_RELEASE, number);
    }
  }

  #fake(type: number, detail: number, { x, y } = { x: 0, y: 0 }): void {
    const { connection, test } = this.#parts;
    if (!connection.ended) test.FakeInput(type, detail, 0, connection.root, x, y);
  }

  #enqueue(task: Task, letsGo = false): void {
    if (this.#closing || this.#parts.connection.ended) return;
    if (this.#waiting.length >= MAX_WAITING && !letsGo) return;
    this.#waiting.push(task);
    if (!this.#running) void this.#run();
  }

  /** Runs what waits, in order. The first runs before this returns, so a move on a quiet sink leaves at once. */
  async #run(): Promise<void> {
    this.#running = true;
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        await task();
      } catch {
        // A request failed because the display went away, which `closed` says, or because the map changed under it:
        // the key is lost, the next one starts from a fresh look.
        this.#parts.keys.mapChanged();
      }
    }
    this.#running = false;
  }
}

function coordinate(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(0x7fff, Math.round(value))) : 0;
}

/** X buttons by DOM button. */
const BUTTONS: readonly number[] = [1, 2, 3, 8, 9];
const WHEEL = { up: 4, down: 5, left: 6, right: 7 } as const;
const BUTTON_PRESS = 4;
const BUTTON_RELEASE = 5;
const MOTION = 6;
