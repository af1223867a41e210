/** The span over which a rate is taken, in ms. */
const SPAN_MS = 5_000;

/** Counts bytes, and knows how many came lately. Times are ms of a clock that never goes back. */
export class ByteMeter {
  /** Bytes since it was made or `reset`, and what was there before. */
  total: number;
  #start = 0;
  #current = 0;
  #before = 0;

  constructor(total = 0) {
    this.total = total;
  }

  add(bytes: number, now: number): void {
    if (now - this.#start >= SPAN_MS) this.#turn(now);
    this.#current += bytes;
    this.total += bytes;
  }

  /** Bytes per second over about the last five seconds: what came in this span, and of the one before as much as is not over yet. */
  rate(now: number): number {
    if (now - this.#start >= SPAN_MS) this.#turn(now);
    const rest = 1 - (now - this.#start) / SPAN_MS;
    return ((this.#current + this.#before * rest) * 1_000) / SPAN_MS;
  }

  #turn(now: number): void {
    const isNext = now - this.#start < 2 * SPAN_MS;
    this.#before = isNext ? this.#current : 0;
    this.#current = 0;
    this.#start = isNext ? this.#start + SPAN_MS : now;
  }
}
