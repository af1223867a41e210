import { DelayWindow } from './delayWindow.ts';

/** A connection to the same browser on which somebody waits for pictures or characters. */
export interface LiveLink {
  /** There and back, in ms; undefined when that cannot be found out now. */
  roundTrip(): Promise<number | undefined>;
}

/** So often something may be sent, in ms; a round trip is measured every second time, before anything is. */
const TICK_MS = 4;
/** Between two looks at whether somebody looks at a screen, in ms. */
const LOOK_MS = 1_000;
/** What is sent in one go at least. */
const PIECE_BYTES = 4 * 1024;
/** What was not used in time may be used later, but not more than this many turns of it. */
const SAVED_TICKS = 2;

/**
 * Holds the transfers of one session back as far as its live connection would otherwise wait behind them. Without such a
 * connection everything may go at once. Call `close()` when the last one is over.
 */
export class Pace {
  readonly #find: () => LiveLink | undefined;
  readonly #waiting: (() => void)[] = [];
  #live: LiveLink | undefined;
  #window = new DelayWindow();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #sent = 0;
  #acked = 0;
  #wasLimited = false;
  /** Bytes that may be sent now; below 0 after a piece that was larger. */
  #budget = 0;
  #ticks = 0;
  #tickedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param find the live connection of the session, if there is one now. */
  constructor(find: () => LiveLink | undefined) {
    this.#find = find;
  }

  /** Waits until something may be sent, and answers how many of the `bytes`. One that gives up just does not send them. */
  async take(bytes: number): Promise<number> {
    while (this.#isLive() && !this.#hasRoom()) {
      this.#start();
      this.#wasLimited = true;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (!this.#live) return bytes;
    const room = Math.min(this.#budget, this.#window.bytes - (this.#sent - this.#acked));
    const taken = Math.min(bytes, Math.max(PIECE_BYTES, Math.floor(room)));
    this.#sent += taken;
    this.#budget -= taken;
    this.#start();
    return taken;
  }

  /** Nobody is held back any more. Idempotent. */
  close(): void {
    this.#live = undefined;
    this.#lookedAt = Number.POSITIVE_INFINITY;
    this.#release();
  }

  #isLive(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_MS) return this.#live !== undefined;
    this.#lookedAt = now;
    const live = this.#find();
    if (live !== this.#live) this.#window = new DelayWindow();
    this.#live = live;
    return live !== undefined;
  }

  #hasRoom(): boolean {
    return this.#budget > 0 && this.#sent - this.#acked < this.#window.bytes;
  }

  #start(): void {
    if (this.#timer) return;
    this.#tickedAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  #tick(): void {
    const now = performance.now();
    const share = this.#window.rate * TICK_MS;
    this.#budget = Math.min(this.#budget + this.#window.rate * (now - this.#tickedAt), share * SAVED_TICKS);
    this.#tickedAt = now;
    if (this.#ticks++ % 2 === 0) void this.#measure();
    this.#wake();
  }

  async #measure(): Promise<void> {
    const [live, sent] = [this.#live, this.#sent];
    const ms = await live?.roundTrip();
    if (live !== this.#live) return;
    if (ms === undefined) {
      // The connection is gone, or has too many questions open.
      if (!this.#isLive()) this.#release();
      return;
    }
    const acked = Math.max(0, sent - this.#acked);
    this.#acked += acked;
    this.#window.told({ ms, at: performance.now(), acked, isLimited: this.#wasLimited });
    this.#wasLimited = this.#waiting.length > 0;
    if (this.#acked === this.#sent && this.#waiting.length === 0) this.#rest();
  }

  #release(): void {
    this.#acked = this.#sent;
    this.#rest();
    this.#wake();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
