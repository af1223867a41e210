/** The delay that a transfer may add to the line, in ms: what interactive traffic on it then waits for. */
const TARGET_MS = 6;
/** Bytes under way: at least, at the begin, at most. */
const MIN_BYTES = 16 * 1024;
const FIRST_BYTES = 32 * 1024;
const MAX_BYTES = 64 * 1024 * 1024;
/** What is added in one round trip on an empty line. */
const STEP_BYTES = 8 * 1024;
/** What is taken away in one round trip that takes far too long. */
const SHRINK = 0.25;
/** What a round trip is taken for before one was measured. */
const FIRST_TRIP_MS = 20;
/** How much faster than it is acknowledged the window may be used. */
const HASTE = 1.05;
/** Share of a new round trip in the smoothed one: single ones are late for reasons that are not the line's. */
const NEWEST = 0.25;
/** So often the line is let run empty for a moment, to see what its delay is without this; for so many round trips. */
const DRAIN_MS = 20_000;
const DRAIN_TRIPS = 2;

/** One round trip, measured beside a transfer. Times in ms. */
export interface RoundTrip {
  ms: number;
  at: number;
  /** Bytes of the transfer that arrived since the last one. */
  acked: number;
  /** Whether the transfer would have sent more if it might have. */
  isLimited: boolean;
}

/**
 * How much of a transfer may be under way at once so that the line is busy but its queue stays short: grows while round
 * trips take as long as on an idle line, shrinks as soon as they take longer (the idea of LEDBAT, RFC 6817).
 */
export class DelayWindow {
  #bytes = FIRST_BYTES;
  /** Doubles in each round trip until the line is full for the first time. */
  #isSearching = true;
  /** The smoothed round trip. */
  #smooth = Number.NaN;
  /** The shortest round trip since the line was last empty, and that of the stretch before. */
  #shortest = Number.POSITIVE_INFINITY;
  #shortestBefore = Number.POSITIVE_INFINITY;
  #drainAt: number | undefined;
  #drainedAt = 0;
  #isDraining = false;

  get bytes(): number {
    return this.#isDraining ? MIN_BYTES : this.#bytes;
  }

  /** Bytes in a millisecond at which the window is gone through evenly: one that is used at once is a queue. */
  get rate(): number {
    return (this.bytes * HASTE) / Math.max(1, this.#smooth || FIRST_TRIP_MS);
  }

  told({ ms, at, acked, isLimited }: RoundTrip): void {
    this.#smooth = Number.isNaN(this.#smooth) ? ms : this.#smooth + (ms - this.#smooth) * NEWEST;
    this.#shortest = Math.min(this.#shortest, ms);
    this.#drainAt ??= at + DRAIN_MS;
    if (this.#isDraining) this.#isDraining = at < this.#drainedAt;
    else if (at >= this.#drainAt) this.#drain(at, ms);
    else this.#steer(acked, isLimited);
  }

  #steer(acked: number, isLimited: boolean): void {
    const added = this.#smooth - Math.min(this.#shortest, this.#shortestBefore);
    if (this.#isSearching && added > TARGET_MS / 2) {
      // What is found out now was sent a round trip ago; twice as much is on its way since.
      this.#isSearching = false;
      this.#resize(this.#bytes / 2);
      return;
    }
    const room = Math.max(-1, (TARGET_MS - added) / TARGET_MS);
    const step = room < 0 ? this.#bytes * SHRINK : STEP_BYTES;
    if (room < 0 || isLimited)
      this.#resize(this.#bytes + (this.#isSearching ? acked : (room * acked * step) / this.#bytes));
  }

  #drain(at: number, ms: number): void {
    this.#drainAt = at + DRAIN_MS;
    this.#drainedAt = at + DRAIN_TRIPS * ms;
    this.#isDraining = true;
    this.#shortestBefore = this.#shortest;
    this.#shortest = Number.POSITIVE_INFINITY;
  }

  #resize(bytes: number): void {
    this.#bytes = Math.min(MAX_BYTES, Math.max(MIN_BYTES, bytes));
  }
}
