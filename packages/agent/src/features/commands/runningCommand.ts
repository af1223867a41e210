import type { Readable } from 'node:stream';
import { COMMAND_CHUNK, type CommandEnd, PortholeError } from '@porthole/protocol';
import type { Launch, Programs } from '../../platform/programs/programs.ts';
import { type PipedChild, spawnPiped } from './standardPipes.ts';

/** How long a program has to end by itself when it is asked to, in ms. */
const GRACE_MS = 5_000;
/** What the program has not read of its input, in bytes, before whoever sends it waits. */
const INPUT_HIGH = 64 * 1024;

export type CommandStream = 'stdout' | 'stderr';

export interface CommandEvents {
  started(): void;
  /** Resolves when more may come; until then the program waits as soon as its pipe is full. */
  output(stream: CommandStream, bytes: Uint8Array): Promise<void>;
  /** Everything was told. */
  ended(end: CommandEnd): void;
  /** It could not be started. */
  failed(error: PortholeError): void;
}

/** One program without a terminal, in a session of its own so that all it starts can be ended with it. */
export class RunningCommand {
  readonly #piped: PipedChild;
  readonly #programs: Programs;
  readonly #events: CommandEvents;
  readonly #timer: NodeJS.Timeout;
  #timedOut = false;
  #ending: Promise<void> | undefined;

  /** @param timeoutMs after which it is ended. */
  constructor(launch: Launch, timeoutMs: number, programs: Programs, events: CommandEvents) {
    this.#programs = programs;
    this.#events = events;
    const { file, args, folder, environment } = launch;
    const options = { cwd: folder, env: environment, detached: true };
    this.#piped = spawnPiped(file, args, options, programs.account());
    this.#timer = setTimeout(() => this.#timeOut(), timeoutMs);
    // A program that reads nothing more is no trouble: it ends, or goes on without.
    const { child, stdin } = this.#piped;
    stdin.on('error', () => undefined);
    child.on('error', () => this.#failed());
    child.on('spawn', () => this.#follow());
  }

  get pid(): number | undefined {
    return this.#piped.child.pid;
  }

  /** Resolves when there is room for more. */
  async write(bytes: Uint8Array): Promise<void> {
    const { stdin } = this.#piped;
    if (!stdin.writable) return;
    stdin.write(bytes.slice());
    if (stdin.writableLength < INPUT_HIGH) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const event of ['drain', 'close', 'error']) stdin.once(event, () => resolve());
    await promise;
  }

  endInput(): void {
    this.#piped.endInput();
  }

  /** Ends the program and everything it started; resolves when all of that is gone. Said again, the shorter grace holds. */
  async close(graceMs: number = GRACE_MS): Promise<void> {
    if (this.#ending) await this.#sweep(graceMs);
    this.#ending ??= this.#end(graceMs);
    await this.#ending;
  }

  async #end(graceMs: number): Promise<void> {
    clearTimeout(this.#timer);
    const { stdin, stdout, stderr } = this.#piped;
    // A program that waits for its pipe would not hear.
    stdout.resume();
    stderr.resume();
    await this.#sweep(graceMs);
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
  }

  #failed(): void {
    clearTimeout(this.#timer);
    for (const stream of [this.#piped.stdin, this.#piped.stdout, this.#piped.stderr]) stream.destroy();
    this.#events.failed(new PortholeError('command.unavailable'));
  }

  #follow(): void {
    const { child, stdout, stderr } = this.#piped;
    this.#events.started();
    const exited = new Promise<CommandEnd>((resolve) => {
      child.on('exit', (code, signal) =>
        resolve(code === null ? { signal: signal ?? '', timedOut: false } : { code, timedOut: false }),
      );
    });
    const told = [this.#pass('stdout', stdout), this.#pass('stderr', stderr)];
    void exited.then(async (end) => {
      clearTimeout(this.#timer);
      // What it left running would hold its pipes open for ever.
      await this.#sweep(GRACE_MS);
      await Promise.all(told);
      this.#events.ended({ ...end, timedOut: this.#timedOut });
    });
  }

  async #sweep(graceMs: number): Promise<void> {
    const { pid } = this;
    if (pid !== undefined) await this.#programs.end(pid, { signal: 'SIGTERM', graceMs });
  }

  async #pass(name: CommandStream, stream: Readable): Promise<void> {
    try {
      for await (const chunk of stream) {
        const bytes = chunk as Buffer;
        for (let at = 0; at < bytes.byteLength; at += COMMAND_CHUNK) {
          await this.#events.output(name, bytes.subarray(at, at + COMMAND_CHUNK));
        }
      }
    } catch {
      // Its pipe was closed because nobody wants to know any more.
      return;
    }
  }

  #timeOut(): void {
    this.#timedOut = true;
    void this.#sweep(GRACE_MS);
  }
}
