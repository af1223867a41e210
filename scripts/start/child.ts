import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program to run: its arguments, what it needs in the environment, and whoever wants its lines. */
export interface Program {
  file: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  onLine?: (line: string) => void;
  /** What it says on stderr is of no interest. */
  quiet?: boolean;
}

const GRACE_MS = 5_000;

/** One running program in a process group of its own. The launcher knows the group and ends it if we are killed. */
export class Child {
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor({ file, args, env, onLine, quiet = false }: Program) {
    this.#process = spawn(file, args, {
      detached: true,
      stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
      env: { ...process.env, ...env },
    });
    const { pid, stdout } = this.#process;
    if (pid) tellLauncher({ started: pid });
    if (stdout) createInterface({ input: stdout }).on('line', (line) => onLine?.(line));
    this.exited = this.#ended();
  }

  /** Asks the program to end; insists after a grace period. Resolves when it is gone, and its whole group with it. */
  async close(): Promise<void> {
    this.#signal('SIGTERM');
    await Promise.race([this.exited, sleep(GRACE_MS, undefined, { ref: false })]);
    this.#signal('SIGKILL');
    await this.exited;
  }

  /** Exit status; null after a signal; 127 when it could not be started. */
  async #ended(): Promise<number | null> {
    try {
      const [code] = await once(this.#process, 'exit');
      return code;
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 127;
    } finally {
      if (this.#process.pid) tellLauncher({ ended: this.#process.pid });
    }
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#process.pid) return;
    try {
      process.kill(-this.#process.pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Best effort: a launcher that is gone needs to know nothing more. */
function tellLauncher(message: { started: number } | { ended: number }): void {
  process.send?.(message, undefined, undefined, () => undefined);
}
