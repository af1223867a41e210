import { spawnSync } from 'node:child_process';
import type { TerminalSize } from '@porthole/protocol';
import { MAX_COLUMNS, MAX_ROWS } from '@porthole/protocol';
import { Failure } from '../remote/failure.ts';

/**
 * What programs may have left switched on: mouse, focus and paste reports, keypad and cursor keys, another screen, a hidden
 * cursor, colours, character sets, scroll regions.
 */
const RESET =
  '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?1004l\u001b[?2004l\u001b[?1l\u001b>\u001b[?1049l\u001b[?6l\u001b[4l\u001b[r\u001b[?7h\u001b[?25h\u001b[0m\u001b(B\u001b[0 q';
const CLEAR = '\u001b[2J\u001b[H';

export interface LocalHandlers {
  keys(bytes: Uint8Array): void;
  resized(): void;
}

/** The terminal that the person sits at, given over to a session. However the program ends, it is as it was. */
export class LocalTerminal {
  #handlers: LocalHandlers | undefined;
  /** Changes nothing more than a program can before there is one. */
  #isUsed = false;

  /** Throws `Failure` when there is none. */
  constructor() {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      throw new Failure("A shell needs a terminal; without one use 'porthole exec'.");
    }
  }

  get size(): TerminalSize {
    const { columns, rows } = process.stdout;
    return { columns: within(columns, MAX_COLUMNS, 80), rows: within(rows, MAX_ROWS, 24) };
  }

  /** Every key goes to `handlers` from now on, until `restore`. */
  take(handlers: LocalHandlers): void {
    this.#handlers = handlers;
    this.#makeRaw();
    process.stdin.on('data', this.#keys).resume();
    process.stdout.on('resize', this.#resized);
    // Somebody else may have changed the mode while we stood still.
    process.on('SIGCONT', this.#continued);
    process.on('exit', this.#exits);
  }

  /** Stops reading keys until there is room for them. */
  pause(isPaused: boolean): void {
    if (isPaused) process.stdin.pause();
    else process.stdin.resume();
  }

  /** `done` is called when the terminal has taken it. */
  show(bytes: Uint8Array, done: () => void): void {
    this.#isUsed = true;
    process.stdout.write(bytes, () => done());
  }

  /** What follows begins with an empty screen. */
  clear(): void {
    process.stdout.write(`${RESET}${CLEAR}`);
  }

  /** As it was before. Idempotent. */
  restore(): void {
    if (!this.#handlers) return;
    this.#handlers = undefined;
    process.stdin.off('data', this.#keys);
    process.stdout.off('resize', this.#resized);
    process.off('SIGCONT', this.#continued);
    process.off('exit', this.#exits);
    this.#exits();
    process.stdin.pause();
  }

  /** Node leaves the treatment of line ends in output to the system, which would break whatever draws on the screen. */
  #makeRaw(): void {
    process.stdin.setRawMode(true);
    spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
  }

  readonly #keys = (bytes: Buffer): void => this.#handlers?.keys(bytes);
  readonly #resized = (): void => this.#handlers?.resized();
  readonly #continued = (): void => {
    process.stdin.setRawMode(false);
    this.#makeRaw();
    this.#handlers?.resized();
  };
  readonly #exits = (): void => {
    process.stdin.setRawMode(false);
    if (this.#isUsed) process.stdout.write(RESET);
  };
}

function within(value: number | undefined, max: number, usual: number): number {
  return value === undefined || value < 1 ? usual : Math.min(value, max);
}
