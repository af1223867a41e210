import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { backoff } from '@porthole/protocol';
import { FramedPipe, type PipeHandlers } from './framedPipe.ts';

export interface SupervisedChildOptions<Control> extends PipeHandlers<Control> {
  /** Path of the program, run by the same runtime as this one. */
  program: string;
  args: string[];
  /** The child (re)started: tell it again what it has to do. */
  started(): void;
  /** The child died unasked; another follows in `retryMs`. */
  died(reason: string, retryMs: number): void;
}

/** Lifetime after which a child counts as healthy, and its next death as a first one. */
const HEALTHY_MS = 10_000;

/**
 * A child process that is started on demand and restarted when it dies: at once the first time, with growing delays when it
 * keeps dying. The pipe is the child's life line: when this process dies, however, the child sees it close and ends.
 */
export class SupervisedChild<Out, In> {
  readonly #options: SupervisedChildOptions<In>;
  #child: ChildProcess | undefined;
  #pipe: FramedPipe<Out, In> | undefined;
  #wanted = false;
  #deaths = 0;
  #startedAt = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: SupervisedChildOptions<In>) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#wanted = true;
    if (!this.#child && !this.#retry) this.#spawn();
  }

  /** Ends the child until it is wanted again. */
  stop(): void {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const child = this.#child;
    this.#child = undefined;
    this.#pipe = undefined;
    child?.kill('SIGKILL');
  }

  /** Dropped while there is no child; `started` is the moment to say it again. */
  control(message: Out): void {
    this.#pipe?.control(message);
  }

  data(target: number, sync: boolean, bytes: Uint8Array): void {
    this.#pipe?.data(target, sync, bytes);
  }

  #spawn(): void {
    const { program, args, started } = this.#options;
    // stdout is the agent's own voice; whatever a child prints goes to stderr.
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      stdio: ['ignore', 2, 2, 'pipe'],
    });
    this.#child = child;
    this.#startedAt = Date.now();
    const stream = child.stdio[3];
    if (stream instanceof Duplex) {
      // The exit event tells what happened; a broken pipe on the way there is only its shadow.
      stream.on('error', () => undefined);
      this.#pipe = new FramedPipe(stream, this.#options);
    }
    child.on('error', (error) => this.#ended(child, error.message));
    child.on('exit', (code, signal) => this.#ended(child, signal ?? `exit status ${code}`));
    started();
  }

  #ended(child: ChildProcess, reason: string): void {
    if (child !== this.#child) return;
    this.#child = undefined;
    this.#pipe = undefined;
    if (!this.#wanted) return;
    if (Date.now() - this.#startedAt > HEALTHY_MS) this.#deaths = 0;
    const delay = this.#deaths === 0 ? 0 : backoff(this.#deaths - 1, 1);
    this.#deaths++;
    this.#options.died(reason, delay);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#spawn();
    }, delay);
  }
}
