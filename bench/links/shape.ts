/** How a line behaves, in both directions. */
export interface Shape {
  /** Million bits per second; may be Infinity. */
  mbps: number;
  /** From one end to the other, beside the time that sending takes. */
  delayMs: number;
  /** Waiting room in front of the line, as the time that the line needs to send it; when it is full, nobody is read. */
  queueMs: number;
  /** Up to this much is added to the delay, drawn anew every 50 ms; order is kept. */
  jitterMs: number;
}

/** Bytes that the line takes in a millisecond. */
export function bytesPerMs({ mbps }: Shape): number {
  return (mbps * 1_000_000) / 8 / 1000;
}

/** A line with the usual waiting room of 100 ms and a steady delay. */
export function steady(mbps: number, delayMs: number): Shape {
  return { mbps, delayMs, queueMs: 100, jitterMs: 0 };
}
