import { setTimeout as sleep } from 'node:timers/promises';
import { Child, type Program } from './child.ts';
import { restartDelay } from './restart.ts';

/** Keeps one program running: starts it again after a crash, with a growing delay and a limit. */
export class Supervised {
  /** Resolves when it will not be started again: with the reason as a sentence, or undefined after `close()`. */
  readonly over: Promise<string | undefined>;
  readonly #stop = new AbortController();
  readonly #name: string;
  readonly #program: Program;
  readonly #isReady: (line: string) => boolean;
  #child: Child | undefined;

  /** `isReady` recognises the line by which the program says that it is up. */
  constructor(name: string, program: Program, isReady: (line: string) => boolean) {
    this.#name = name;
    this.#program = program;
    this.#isReady = isReady;
    this.over = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#child?.close();
  }

  async #run(): Promise<string | undefined> {
    const endings: number[] = [];
    for (;;) {
      let wasReady = false;
      const onLine = (line: string) => {
        wasReady ||= this.#isReady(line);
        this.#program.onLine?.(line);
      };
      this.#child = new Child({ ...this.#program, onLine });
      const code = await this.#child.exited;
      if (this.#stop.signal.aborted) return undefined;
      const now = performance.now();
      const delay = restartDelay({ code, wasReady, earlier: endings, now });
      if (delay === null) return `${this.#name} has stopped${wasReady ? ' too often' : ''}.`;
      endings.push(now);
      process.stderr.write(`${this.#name} stopped unexpectedly; starting it again.\n`);
      await this.#pause(delay);
      if (this.#stop.signal.aborted) return undefined;
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    await Promise.race([sleep(ms), new Promise((resolve) => signal.addEventListener('abort', resolve))]);
  }
}
