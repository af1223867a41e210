import type { fromPortal, MessageOf } from '@porthole/protocol';
import { type Later, laterByTimer } from './later.ts';

type Watch = Extract<MessageOf<typeof fromPortal>, { type: 'watch' }>;

/** The hub takes at most this many ids in one message. */
const MAX_WATCHED = 500;
const DEBOUNCE_MS = 150;

export interface WatchOptions {
  send(message: Watch): void;
  later?: Later;
}

/**
 * Tells the hub which devices are really on screen. Ids are counted, because a device may show in two places; changes
 * are gathered for a moment, and nothing is sent when the set came back to what the hub knows.
 */
export class WatchSet {
  readonly #options: Required<WatchOptions>;
  readonly #stats = new Map<string, number>();
  readonly #thumbnails = new Map<string, number>();
  #pageVisible = true;
  #connected = false;
  #told = '';
  #cancel: (() => void) | undefined;

  constructor(options: WatchOptions) {
    this.#options = { later: laterByTimer, ...options };
  }

  /** Adds one place that shows the device; the returned function takes it away again, once. */
  add(id: string, what: 'card' | 'stats'): () => void {
    const counts = what === 'card' ? [this.#stats, this.#thumbnails] : [this.#stats];
    for (const count of counts) count.set(id, (count.get(id) ?? 0) + 1);
    this.#schedule();
    let present = true;
    return () => {
      if (!present) return;
      present = false;
      for (const count of counts) decrease(count, id);
      this.#schedule();
    };
  }

  /** A hidden page watches nothing. */
  setPageVisible(visible: boolean): void {
    this.#pageVisible = visible;
    this.#schedule();
  }

  /** A new connection knows nothing yet: tell it at once. */
  connected(): void {
    this.#connected = true;
    this.#told = '';
    this.#flush();
  }

  disconnected(): void {
    this.#connected = false;
  }

  close(): void {
    this.#connected = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(): void {
    if (!this.#connected) return;
    this.#cancel ??= this.#options.later(() => this.#flush(), DEBOUNCE_MS);
  }

  #flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#connected) return;
    const message: Watch = { type: 'watch', stats: this.#ids(this.#stats), thumbnails: this.#ids(this.#thumbnails) };
    const text = JSON.stringify(message);
    if (text === this.#told) return;
    this.#told = text;
    this.#options.send(message);
  }

  #ids(counts: Map<string, number>): string[] {
    return this.#pageVisible ? [...counts.keys()].sort().slice(0, MAX_WATCHED) : [];
  }
}

function decrease(counts: Map<string, number>, id: string): void {
  const left = (counts.get(id) ?? 0) - 1;
  if (left > 0) counts.set(id, left);
  else counts.delete(id);
}
