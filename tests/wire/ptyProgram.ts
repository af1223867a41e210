import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { ROOT } from '../../scripts/lib/install.mjs';
import { eventually } from '../support/eventually.ts';

/** A program in a real terminal of a test's own, with everything it shows kept. */
export class PtyProgram implements Disposable {
  readonly exited: Promise<number>;
  shown = '';
  readonly #pty: IPty;
  #isOver = false;

  constructor(file: string, args: string[], env: NodeJS.ProcessEnv) {
    this.#pty = spawn(file, args, { cols: 90, rows: 30, env: { ...process.env, ...env, TERM: 'xterm-256color' } });
    this.#pty.onData((text) => {
      this.shown += text;
    });
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#isOver = true;
        resolve(exitCode);
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
  }

  /** Resolves once it shows that; what was shown before is forgotten then. */
  async shows(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray> {
    try {
      const match = await eventually(`the terminal shows ${pattern}`, () => pattern.exec(this.shown), withinMs);
      this.shown = this.shown.slice(match.index + match[0].length);
      return match;
    } catch (error) {
      throw new Error(`it shows ${JSON.stringify(this.shown.slice(-2_000))}`, { cause: error });
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isOver) this.#pty.kill('SIGKILL');
  }
}

export const PORTHOLE = join(ROOT, 'node_modules', '.bin', 'porthole');
