import { constants } from 'node:os';
import pty, { type IPty } from '@lydell/node-pty';
import { PortholeError, TERMINAL_CHUNK, type TerminalEnd, type TerminalSize } from '@porthole/protocol';
import { TERMINAL_ENVIRONMENT } from '../../../platform/programs/environment.ts';
import type { Launch } from '../../../platform/programs/programs.ts';
import { PtyInput } from './ptyInput.ts';

/** How often it is looked whether a program ended that is not read from now, in ms. */
const LOOK_MS = 50;

export interface PtyEvents {
  /** What was read in one go, in pieces that belong to the receiver. */
  output(pieces: Uint8Array[]): void;
  /** The program ended by itself, and everything it wrote was told. */
  ended(end: TerminalEnd): void;
  /** What is typed finds no taker, or does again. */
  held(isHeld: boolean): void;
}

/** A program in a pty. */
export class PtyProcess {
  readonly pid: number;
  readonly #pty: IPty;
  readonly #input: PtyInput;
  readonly #events: PtyEvents;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #flush: NodeJS.Immediate | undefined;
  #isPaused = false;
  #look: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Throws `terminal.unavailable` when the system has no pty for it. */
  constructor(launch: Launch, { columns, rows }: TerminalSize, events: PtyEvents) {
    this.#events = events;
    this.#pty = spawn(launch, columns, rows);
    this.pid = this.#pty.pid;
    this.#input = new PtyInput(descriptorOf(this.#pty), (isHeld) => events.held(isHeld));
    // Without an encoding the pieces are bytes, whatever the types say.
    this.#pty.onData((piece: unknown) => this.#read(piece as Uint8Array));
    this.#pty.onExit(({ exitCode, signal }) => this.#ended(exitCode, signal));
  }

  write(bytes: Uint8Array): void {
    this.#input.write(bytes);
  }

  resize({ columns, rows }: TerminalSize): void {
    if (!this.#isClosed) this.#pty.resize(columns, rows);
  }

  /** While it is paused the program waits as soon as it has written what a pty holds. */
  pause(isPaused: boolean): void {
    if (this.#isClosed || isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    clearInterval(this.#look);
    if (!isPaused) return this.#pty.resume();
    this.#pty.pause();
    // What it wrote last would be lost: a pty whose program ended has to be read.
    this.#look = setInterval(() => !isAlive(this.pid) && this.pause(false), LOOK_MS);
  }

  /** Gives the pty back; what still runs in it is hung up. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#look);
    clearImmediate(this.#flush);
    this.#input.close();
    // Of the library's own, and not told of in its types.
    (this.#pty as IPty & { destroy(): void }).destroy();
  }

  /** Several pieces may be there at once: they go on together, as soon as what is there now was read. */
  #read(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
    if (this.#bytes + piece.byteLength > TERMINAL_CHUNK) this.#tell();
    else this.#flush ??= setImmediate(() => this.#tell());
  }

  #tell(): void {
    clearImmediate(this.#flush);
    this.#flush = undefined;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#bytes = 0;
    if (pieces.length > 0 && !this.#isClosed) this.#events.output(pieces);
  }

  #ended(code: number, signal: number | undefined): void {
    if (this.#isClosed) return;
    this.#tell();
    this.close();
    this.#events.ended(signal ? { reason: 'exit', signal: nameOf(signal) } : { reason: 'exit', code });
  }
}

function spawn({ file, args, folder, environment }: Launch, cols: number, rows: number): IPty {
  try {
    const env = { ...environment, ...TERMINAL_ENVIRONMENT };
    return pty.spawn(file, args, { name: env.TERM ?? '', cols, rows, cwd: folder, env, encoding: null });
  } catch {
    throw new PortholeError('terminal.unavailable');
  }
}

/** The library writes through a stream that waits for ever for a program that does not read. */
function descriptorOf(terminal: IPty): number {
  return (terminal as IPty & { fd: number }).fd;
}

function nameOf(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? String(signal);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
