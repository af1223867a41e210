import { PortholeError } from '@porthole/protocol';
import type { NamedProcess } from '../backend.ts';

/** What a process is known by, as the system tells now. */
export interface FoundProcess {
  parent: number;
  started: number;
  /** A part of the system's kernel. */
  isKernel?: boolean;
}

export interface ProcessEnderOptions {
  /** The process of that number; undefined when there is none, or it is dead already. */
  find(pid: number): Promise<FoundProcess | undefined>;
  /** Number of the agent itself. */
  own: number;
  signal?: (pid: number, signal: 'SIGTERM' | 'SIGKILL') => void;
}

/** Start times that systems tell in whole seconds may differ by this, in ms. */
const SAME_MS = 20;
/** The agent ends itself so much later, in ms: its answer goes first. */
const LAST_WORD_MS = 200;

/** Ends processes that people name, and none that got the number of one since. */
export class ProcessEnder {
  readonly #options: ProcessEnderOptions;

  constructor(options: ProcessEnderOptions) {
    this.#options = options;
  }

  /** Rejects with `process.gone`, `process.denied`, and `process.self` for the agent and what it started itself. */
  async end({ pid, started }: NamedProcess, { kill, self }: { kill: boolean; self: boolean }): Promise<void> {
    const { find, own } = this.#options;
    if (pid < 2) throw new PortholeError('process.denied');
    const found = await find(pid);
    if (!found || Math.abs(found.started - started) > SAME_MS) throw new PortholeError('process.gone');
    if (found.isKernel) throw new PortholeError('process.denied');
    // What people run in its terminals has another parent, and is theirs to end.
    const isOwn = pid === own || found.parent === own;
    if (isOwn && !self) throw new PortholeError('process.self');
    if (pid === own) setTimeout(() => this.#signal(pid, kill), LAST_WORD_MS);
    else this.#signal(pid, kill);
  }

  #signal(pid: number, kill: boolean): void {
    const { signal = (target, name) => process.kill(target, name) } = this.#options;
    try {
      signal(pid, kill ? 'SIGKILL' : 'SIGTERM');
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
      throw new PortholeError(isGone ? 'process.gone' : 'process.denied');
    }
  }
}
