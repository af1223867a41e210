import { type CursorShape, PortholeError } from '@porthole/protocol';
import type { OpenScreen, ScreenSource } from '../backend.ts';

export interface DisplayEvents {
  /** There is a source now, or its form changed. */
  opened(source: ScreenSource): void;
  /** There is none; another attempt follows while it is wanted. */
  unavailable(state: 'missing' | 'lost', reason: string): void;
  damage(): void;
  cursor(shape: CursorShape): void;
  pointer(x: number, y: number): void;
}

/** How often a display that is away is looked for, in ms. */
const RETRY_MS = 1_000;

/** Keeps the display open while it is wanted, and finds it again when it went away. */
export class DisplayWatch {
  readonly #open: OpenScreen;
  readonly #display: string;
  readonly #events: DisplayEvents;
  #source: ScreenSource | undefined;
  #isOpening = false;
  #wanted = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(open: OpenScreen, display: string, events: DisplayEvents) {
    this.#open = open;
    this.#display = display;
    this.#events = events;
  }

  get source(): ScreenSource | undefined {
    return this.#source;
  }

  want(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) {
      if (!this.#source && !this.#retry) void this.#tryOpen();
      return;
    }
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#source?.close();
    this.#source = undefined;
  }

  async #tryOpen(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      const source = await this.#open(this.#display, {
        damage: () => this.#events.damage(),
        geometry: () => this.#source && this.#events.opened(this.#source),
        cursor: (shape) => this.#events.cursor(shape),
        pointer: (x, y) => this.#events.pointer(x, y),
        lost: (reason) => this.#lost('lost', reason),
      });
      this.#isOpening = false;
      if (!this.#wanted) return source.close();
      this.#source = source;
      this.#events.opened(source);
    } catch (error) {
      this.#isOpening = false;
      const missing = error instanceof PortholeError && error.code === 'display.missing';
      this.#lost(missing ? 'missing' : 'lost', error instanceof Error ? error.message : String(error));
    }
  }

  #lost(state: 'missing' | 'lost', reason: string): void {
    this.#source = undefined;
    if (!this.#wanted) return;
    this.#events.unavailable(state, reason);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#tryOpen();
    }, RETRY_MS);
  }
}
