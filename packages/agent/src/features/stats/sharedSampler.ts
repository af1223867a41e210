/** Somebody who wants values now and then. Times in ms of a clock that is never set. */
export interface Reader<T> {
  intervalMs: number;
  receive(value: T): void;
}

interface Place<T> extends Reader<T> {
  due: number;
}

/** Readers that are due within this share of their interval are served by one look. */
const EARLY = 0.2;

/** When that reader is due next: at its pace, but never in a burst for what was missed while the machine slept. */
export function nextDue(due: number, intervalMs: number, now: number): number {
  return Math.max(due + intervalMs, now + intervalMs / 2);
}

/**
 * Takes values for all readers together: as often as the quickest wants them, once however many there are, and not at all without
 * one. A look that takes long delays the next one.
 */
export class SharedSampler<T> {
  readonly #take: () => Promise<T>;
  readonly #places = new Set<Place<T>>();
  #timer: NodeJS.Timeout | undefined;
  #isTaking = false;

  constructor(take: () => Promise<T>) {
    this.#take = take;
  }

  /** The first value comes at once. Answers how to leave. */
  join(reader: Reader<T>): () => void {
    const place = { ...reader, due: performance.now() };
    this.#places.add(place);
    this.#arm();
    return () => {
      this.#places.delete(place);
      this.#arm();
    };
  }

  close(): void {
    this.#places.clear();
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#places.size === 0 || this.#isTaking) return;
    const due = Math.min(...[...this.#places].map((place) => place.due));
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, due - performance.now()));
  }

  async #look(): Promise<void> {
    this.#isTaking = true;
    const now = performance.now();
    const waiting = [...this.#places].filter((place) => place.due - now <= place.intervalMs * EARLY);
    for (const place of waiting) place.due = nextDue(place.due, place.intervalMs, now);
    // What could not be had now may be had the next time.
    const value = await this.#take().catch(() => undefined);
    this.#isTaking = false;
    for (const place of waiting) if (value !== undefined && this.#places.has(place)) place.receive(value);
    this.#arm();
  }
}
