import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';
import { type ConvertTask, UNSUPPORTED } from './host/convertMessages.ts';

const MAX_HEAD = 64 * 1024;

/** How long a converter may be silent while somebody waits, in ms. */
export interface Patience {
  head: number;
  bytes: number;
}

/** One file in the hands of a converter of its own. Close it when done: that ends the process, whatever it does. */
export class Conversion implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #exited: Promise<number | null>;
  readonly #patience: Patience;
  #rest: Buffer | undefined;
  #isOver = false;

  /** @param program what is run, by the same runtime as this one. */
  constructor(program: string, task: ConvertTask, patience: Patience) {
    // What a converter says to people goes to stderr, as all of the agent does.
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#patience = patience;
    this.#exited = new Promise((resolve) => {
      child.on('error', () => resolve(null));
      child.on('exit', (code) => resolve(code));
    });
    // A child that is gone already shows by its exit.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(task));
    this.#chunks = child.stdout[Symbol.asyncIterator]();
  }

  /** The first line. Rejects with `convert.unsupported` or `convert.failed`. */
  async head(): Promise<unknown> {
    let text = Buffer.alloc(0);
    for (;;) {
      const end = text.indexOf('\n');
      if (end >= 0) {
        this.#rest = text.subarray(end + 1);
        return jsonOf(text.toString('utf8', 0, end));
      }
      const chunk = await this.#next(this.#patience.head);
      if (!chunk) throw await this.#failure();
      if (text.byteLength + chunk.byteLength > MAX_HEAD && !chunk.includes('\n'))
        throw new PortholeError('convert.failed');
      text = Buffer.concat([text, chunk]);
    }
  }

  /** The bytes after the first line; the converter waits while none are asked for. Rejects with `convert.failed`. */
  async *content(): AsyncGenerator<Buffer, void, undefined> {
    if (this.#rest && this.#rest.byteLength > 0) yield this.#rest;
    this.#rest = undefined;
    for (;;) {
      const chunk = await this.#next(this.#patience.bytes);
      if (!chunk) break;
      yield chunk;
    }
    if ((await this.#exited) !== 0) throw new PortholeError('convert.failed');
  }

  /** Ends the process. Idempotent. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#child.kill('SIGKILL');
    this.#child.stdout.destroy();
    await this.#exited;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Undefined at the end, and when the converter took too long. */
  async #next(ms: number): Promise<Buffer | undefined> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), ms);
    try {
      const { value, done } = await this.#chunks.next();
      return done ? undefined : value;
    } catch (error) {
      if (this.#isOver) return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #failure(): Promise<PortholeError> {
    const code = await this.#exited;
    return new PortholeError(code === UNSUPPORTED ? 'convert.unsupported' : 'convert.failed');
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new PortholeError('convert.failed');
  }
}
