import { type Readable, Store } from '../../../base/store.ts';
import type { TerminalScreen } from '../terminalSession.ts';
import type { Cast, CastEvent } from './asciicast.ts';

export interface PlayState {
  /** Seconds from the beginning. */
  position: number;
  playing: boolean;
  speed: number;
}

interface PlayerOptions {
  cast: Cast;
  screen: TerminalScreen;
  /** ms; the page's clock unless told. */
  now?: () => number;
  /** Runs something before the next picture, and returns how to call that off. */
  frame?: (run: () => void) => () => void;
}

/** Speeds that can be chosen. */
export const SPEEDS = [0.5, 1, 2, 5, 10] as const;
/** Characters that are drawn at once while seeking, so that the page stays awake. */
const PORTION = 256 * 1024;

const encoder = new TextEncoder();

/** Plays a recording on a screen: pauses, seeks, and goes at other speeds. */
export class ReplayPlayer {
  readonly state: Readable<PlayState>;
  readonly #state = new Store<PlayState>({ position: 0, playing: false, speed: 1 });
  readonly #cast: Cast;
  readonly #screen: TerminalScreen;
  readonly #now: () => number;
  readonly #frame: (run: () => void) => () => void;
  #next = 0;
  #before = 0;
  #cancel: (() => void) | undefined;
  #drawing: Promise<void> | undefined;

  constructor({ cast, screen, now = () => performance.now(), frame = nextFrame }: PlayerOptions) {
    this.#cast = cast;
    this.#screen = screen;
    this.#now = now;
    this.#frame = frame;
    this.state = this.#state;
    screen.begin(cast.size);
  }

  /** From the beginning, when it is at its end. */
  play(): void {
    if (this.#state.get().playing) return;
    if (this.#state.get().position >= this.#cast.length) this.seek(0);
    this.#state.patch({ playing: true });
    this.#before = this.#now();
    this.#schedule();
  }

  pause(): void {
    this.#cancel?.();
    this.#state.patch({ playing: false });
  }

  setSpeed(speed: number): void {
    this.#state.patch({ speed });
  }

  /** Shows what was on the screen at that moment. */
  seek(position: number): void {
    const wanted = Math.min(this.#cast.length, Math.max(0, position));
    if (wanted < this.#state.get().position) {
      this.#next = 0;
      this.#screen.begin(this.#cast.size);
    }
    this.#state.patch({ position: wanted });
    this.#before = this.#now();
    this.#draw();
  }

  /** Idempotent. */
  close(): void {
    this.pause();
    this.#next = this.#cast.events.length;
  }

  #schedule(): void {
    this.#cancel = this.#frame(() => this.#step());
  }

  #step(): void {
    const { playing, position, speed } = this.#state.get();
    if (!playing) return;
    const now = this.#now();
    const reached = Math.min(this.#cast.length, position + ((now - this.#before) / 1000) * speed);
    this.#before = now;
    // It waits for a screen that is slower than the recording.
    if (!this.#drawing) this.#state.patch({ position: reached, playing: reached < this.#cast.length });
    this.#draw();
    if (this.#state.get().playing) this.#schedule();
  }

  #draw(): void {
    this.#drawing ??= this.#drawAll().finally(() => {
      this.#drawing = undefined;
    });
  }

  async #drawAll(): Promise<void> {
    for (let event = this.#due(); event; event = this.#due()) {
      this.#next += 1;
      if (event.type === 'size') {
        this.#screen.resize(event.size);
        continue;
      }
      let { text } = event;
      for (let more = this.#dueText(text.length); more !== undefined; more = this.#dueText(text.length)) text += more;
      await this.#screen.write(encoder.encode(text));
    }
  }

  #due(): CastEvent | undefined {
    const event = this.#cast.events[this.#next];
    return event && event.at <= this.#state.get().position ? event : undefined;
  }

  /** The output that follows at once, as long as a portion has room for it. */
  #dueText(taken: number): string | undefined {
    const event = taken < PORTION ? this.#due() : undefined;
    if (event?.type !== 'output') return undefined;
    this.#next += 1;
    return event.text;
  }
}

function nextFrame(run: () => void): () => void {
  const id = requestAnimationFrame(run);
  return () => cancelAnimationFrame(id);
}
