import { Worker } from 'node:worker_threads';
import { NEW_FILE_MODE } from '../change/newFile.ts';
import type { PartAnswer, PartFate, PartFile, PartJob } from './partMessages.ts';

const THREAD = new URL('./partThread.ts', import.meta.url);
/** How long a thread without work is kept, in ms. */
const IDLE_MS = 10_000;
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };

/**
 * Writes small files in a thread of its own, which is there while there is work for it. Call `close()` at the end: what was
 * being written then is told to have failed.
 */
export class PartWriter {
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly PartFate[]>>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #jobs = 0;
  #isClosed = false;

  /** Resolves once all of them are on the drive, or are not; `content`, which is that of all, is taken over. */
  write(files: readonly PartFile[], content: ArrayBuffer): Promise<readonly PartFate[]> {
    if (this.#isClosed) return Promise.reject(new Error('the writer is closed'));
    clearTimeout(this.#idle);
    this.#thread ??= this.#start();
    const job: PartJob = { id: ++this.#jobs, files, content, mode: NEW_FILE_MODE };
    const answer = Promise.withResolvers<readonly PartFate[]>();
    this.#waiting.set(job.id, answer);
    this.#thread.postMessage(job, [content]);
    return answer.promise;
  }

  close(): void {
    this.#isClosed = true;
    this.#end(new Error('the writer is closed'));
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { resourceLimits: MEMORY });
    thread.unref();
    thread.on('message', ({ id, fates }: PartAnswer) => {
      this.#waiting.get(id)?.resolve(fates);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    });
    const ended = (error: Error) => {
      if (this.#thread === thread) this.#end(error);
    };
    thread.on('error', ended);
    thread.on('exit', () => ended(new Error('the thread ended')));
    return thread;
  }

  #end(reason = new Error('the thread ended')): void {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    // Told when nothing more is written.
    const tell = () => {
      for (const { reject } of waiting) reject(reason);
    };
    thread?.terminate().then(tell, tell);
  }
}
