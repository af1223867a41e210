/** Pictures on their way to one viewer, and what their round trips were. Times in ms of one monotonic clock. */
export class Pace {
  readonly #inFlight: { seq: number; sentAt: number }[] = [];
  #minRoundTrip = Number.POSITIVE_INFINITY;

  sent(seq: number, now: number): void {
    this.#inFlight.push({ seq, sentAt: now });
    // A viewer that is being skipped acknowledges nothing; what it owes must not pile up here.
    if (this.#inFlight.length > 64) this.#inFlight.shift();
  }

  /** An acknowledgement covers everything sent before it. */
  acknowledged(seq: number, now: number): void {
    while (this.#inFlight[0] && this.#inFlight[0].seq <= seq) {
      const { seq: covered, sentAt } = this.#inFlight[0];
      this.#inFlight.shift();
      if (covered === seq) this.#minRoundTrip = Math.min(this.#minRoundTrip, now - sentAt);
    }
  }

  /** The viewer starts anew: nothing is on its way any more. */
  reset(): void {
    this.#inFlight.length = 0;
  }

  get hasRoom(): boolean {
    return this.#inFlight.length < picturesAllowed(this.#minRoundTrip);
  }
}

/**
 * How many pictures may be on their way at once: two, and as many more as the link's own round trip holds at 60 a second.
 * More would only wait somewhere and be old when seen. `minRoundTrip` in ms, infinite while unknown.
 */
export function picturesAllowed(minRoundTrip: number): number {
  if (!Number.isFinite(minRoundTrip)) return 2;
  return 2 + Math.floor(Math.min(minRoundTrip, 160) / 16);
}
