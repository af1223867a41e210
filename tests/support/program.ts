import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/install.mjs';
import { eventually } from './eventually.ts';
import { groupMembers } from './processes.ts';

const PORTHOLE = join(ROOT, 'node_modules', '.bin', 'porthole');
const GRACE_MS = 5_000;

export interface ProgramOptions {
  /** Added to the environment; undefined removes a variable. */
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input, which is then closed. */
  input?: string;
  /** The command that runs it, such as one that puts it into a network of its own. */
  within?: readonly string[];
}

/** How a program ended; one of the two is null. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A real child process in a process group of its own, with everything it prints kept. */
export class Program implements AsyncDisposable {
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #name: string;
  #stdout = '';
  #stderr = '';
  #exit: Exit | undefined;

  constructor(file: string, args: string[], { env, input = '', within = [] }: ProgramOptions = {}) {
    this.#name = `${file.split('/').at(-1)} ${args[0] ?? ''}`.trim();
    const settings = { detached: true, env: { ...process.env, ...env } };
    // With `setpriv` it dies with us, even when we are killed: a broken-off test run leaves nothing behind.
    const command = ['--pdeathsig', 'KILL', '--', ...within, file, ...args];
    this.#process = spawn('setpriv', command, { ...settings, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    // A program may end without reading what it was given.
    this.#process.stdin.on('error', () => undefined).end(input);
    this.exited = once(this.#process, 'close').then(([code, signal]) => (this.#exit = { code, signal }));
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  /** Resolves with the match once its standard output has it; rejects with its output when it ends before. */
  async printed(pattern: RegExp, withinMs = 20_000): Promise<RegExpExecArray> {
    return await eventually(
      `${this.#name} prints ${pattern}`,
      () => {
        const match = pattern.exec(this.#stdout);
        return match ?? (this.#exit ? 'ended' : undefined);
      },
      withinMs,
    ).then((match) => {
      if (match === 'ended') throw new Error(`${this.#name} ended: ${this.#stdout}${this.#stderr}`);
      return match;
    });
  }

  /** Closes our end of what it prints. */
  stopReading(): void {
    this.#process.stdout.destroy();
  }

  /** Sends a signal to the program alone, not to its children. */
  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /**
   * Ends it the friendly way and waits; insists after a grace period. Throws when it leaves processes behind, after
   * ending those. Does nothing the second time.
   */
  async stop(): Promise<void> {
    if (this.running) {
      this.kill('SIGCONT');
      this.kill('SIGTERM');
    }
    await Promise.race([this.exited, sleep(GRACE_MS, undefined, { ref: false })]);
    const slow = this.running;
    this.kill('SIGKILL');
    await this.#sweep();
    await this.exited;
    if (slow) throw new Error(`${this.#name} did not end within ${GRACE_MS / 1000} s of SIGTERM`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Children may take a moment to notice; what is there after that was left behind. */
  async #sweep(): Promise<void> {
    try {
      await eventually('the group is empty', () => groupMembers(this.pid).length === 0, 3_000);
    } catch {
      const left = groupMembers(this.pid);
      if (left.length === 0) return;
      process.kill(-this.pid, 'SIGKILL');
      throw new Error(`${this.#name} left behind: ${left.map(({ command }) => command).join('; ')}`);
    }
  }
}

/** Runs `porthole …` of this checkout. */
export function porthole(args: string[], options?: ProgramOptions): Program {
  return new Program(PORTHOLE, args, options);
}

/** Runs `porthole …` to its end and returns what it printed. Throws with its error output on any other status than 0. */
export async function portholeOutput(args: string[], options?: ProgramOptions): Promise<string> {
  const program = porthole(args, options);
  const { code } = await program.exited;
  if (code !== 0) throw new Error(`porthole ${args.join(' ')}: status ${code}: ${program.stderr.trim()}`);
  return program.stdout.trim();
}
