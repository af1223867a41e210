import { texts } from '../../base/texts.ts';
import type { Following, Progress } from './filesApi.ts';
import type { Notice } from './useFileActions.ts';

/** What takes no longer than this is not worth a word, in ms. */
const QUIET_MS = 300;

/** Tells of something that takes its time, how far it is, and lets it be stopped. Whoever made it closes it. */
export class Working {
  /** For what is done: with it, it can be stopped. */
  readonly following: Following<Progress>;
  readonly #abort = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  #isLate = false;
  #entries = 0;

  constructor(say: (notice: Notice) => void, { canStop }: { canStop: boolean }) {
    const stop = canStop ? () => this.#abort.abort() : undefined;
    const tell = () => say({ tone: 'working', text: texts.files.notice.working(this.#entries), stop });
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      tell();
    }, QUIET_MS);
    this.following = {
      told: ({ entries }) => {
        this.#entries = entries;
        if (this.#isLate) tell();
      },
      signal: this.#abort.signal,
    };
  }

  get wasStopped(): boolean {
    return this.#abort.signal.aborted;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isLate = false;
  }
}
