import { fileURLToPath } from 'node:url';
import { PortholeError } from '@porthole/protocol';
import { SupervisedChild } from '../../../base/supervisedChild.ts';
import type { NoPicture, TakePicture } from './host/pictureMessages.ts';

/** How long the process is kept after the last picture, in ms. */
const LINGER_MS = 20_000;
/** What takes longer than this is given up, and the process with it, in ms. */
const JOB_MS = 10_000;
/** Pictures that may wait; more are refused. */
const MAX_WAITING = 500;
const JOB_NUMBERS = 0x7fff_ffff;

interface Job {
  ask: TakePicture;
  signal: AbortSignal;
  resolve: (jpeg: Buffer) => void;
  reject: (error: Error) => void;
}

/** Takes pictures of files, one at a time, in a process of its own that exists only while there is something to do. */
export class PictureProcess {
  readonly #child: SupervisedChild<TakePicture, NoPicture>;
  #waiting: Job[] = [];
  #current: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #number = 0;
  #isUp = false;

  /** @param program what is run; the picture process unless a test says otherwise. */
  constructor(program: string = fileURLToPath(new URL('./host/main.ts', import.meta.url))) {
    this.#child = new SupervisedChild({
      program,
      args: [],
      started: () => {
        this.#isUp = true;
        // The pipe is in place as soon as the child is.
        this.#next();
      },
      died: () => {
        // It is started again by itself, and goes on then.
        this.#isUp = false;
        this.#settle(undefined);
      },
      control: ({ job }) => this.#answered(job, undefined),
      data: (job, _sync, bytes) => this.#answered(job, Buffer.from(bytes)),
    });
  }

  /** A JPEG. Rejects with `file.unsupported` when there is no picture of the file. */
  take(path: string, size: number, signal: AbortSignal): Promise<Buffer> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new PortholeError('channel.limit'));
    this.#number = (this.#number + 1) % JOB_NUMBERS;
    const ask = { job: this.#number, path, size };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, signal, resolve, reject });
      this.#next();
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isUp = false;
    this.#child.stop();
    for (const job of [...this.#waiting.splice(0), ...(this.#current ? [this.#current] : [])]) {
      job.reject(new PortholeError('channel.closed'));
    }
    this.#current = undefined;
  }

  #next(): void {
    if (this.#current) return;
    const job = this.#waiting.shift();
    clearTimeout(this.#timer);
    if (!job) {
      this.#timer = setTimeout(() => this.#stop(), LINGER_MS);
      this.#timer.unref();
    } else if (job.signal.aborted) {
      job.reject(new PortholeError('channel.closed'));
      this.#next();
    } else this.#begin(job);
  }

  #begin(job: Job): void {
    if (!this.#isUp) {
      this.#waiting.unshift(job);
      return this.#child.start();
    }
    this.#current = job;
    this.#timer = setTimeout(() => this.#giveUp(), JOB_MS);
    this.#child.control(job.ask);
  }

  #giveUp(): void {
    this.#stop();
    this.#settle(undefined);
    this.#next();
  }

  #stop(): void {
    this.#isUp = false;
    this.#child.stop();
  }

  #answered(job: number, jpeg: Buffer | undefined): void {
    if (this.#current?.ask.job !== job) return;
    this.#settle(jpeg);
    this.#next();
  }

  /** Answers the current job. */
  #settle(jpeg: Buffer | undefined): void {
    const job = this.#current;
    this.#current = undefined;
    clearTimeout(this.#timer);
    if (jpeg) job?.resolve(jpeg);
    else job?.reject(new PortholeError('file.unsupported'));
  }
}
