import { LIMITS } from '@porthole/protocol';

/** One picture on its way. */
interface Flight {
  seq: number;
  bytes: number;
  sentAt: number;
  /** Its answer may be left to that of a later one. */
  delayAck: boolean;
  /** Nothing else was on its way. */
  isLone: boolean;
}

interface Trip {
  at: number;
  trip: number;
}

/** How long the link was seen to take for so many bytes. */
interface Passage {
  at: number;
  bytes: number;
  ms: number;
}

/** A picture that went out, of so many bytes. */
export type Sent = Pick<Flight, 'seq' | 'bytes'> & Partial<Pick<Flight, 'delayAck'>>;

/** What one viewer asked for; see `ScreenWishes`. */
export interface LinkLimits {
  /** Bytes per second; infinite without a cap. */
  maxRate: number;
  maxFps: number;
}

/** Assumed until measured: a wireless network. In bytes per ms. */
const FIRST_RATE = 4_000;
/** The rate is that of this many ms, so that a link that changed is believed after that long. */
const RATE_WINDOW_MS = 1_200;
/** As fast as any link is taken to be, in bytes per ms. */
const BEST_RATE = 100_000;
/** A link that got faster is believed after this many ms: waiting for the mean of all would leave it unused. */
const RISE_WINDOW_MS = 300;
/** Fewer bytes, which should take less than so many ms, say something of the browser's and the network's moods only. */
const TELLING = { bytes: 4_096, ms: 5 } as const;
/** The shortest round trip is that of this many ms: a route may change. */
const TRIP_WINDOW_MS = 15_000;
/** Or that of this many small pictures in `RATE_WINDOW_MS` that had the way to themselves: no queue of ours made it longer. */
const LONE_TRIPS = 4;
/** What may wait in the link beyond what it holds by itself, in ms. */
const QUEUE_MS = 12;
/** A viewer of a group may have this much more waiting before it goes on alone, in ms. */
const BEHIND_MS = 60;
/** Pictures of at most so many bytes, for which the link takes at most so many ms, need no answer of their own. */
const LIGHT = { bytes: 4_096, ms: 2 } as const;
/** But one of so many does: what the link does must not go unnoticed. */
const ACK_EVERY = 6;
/** A viewer that answers nothing for so long, in ms, is waited for no more. */
const DEAD_MS = 1_000;
/** More than this many pictures on their way would only be old when seen. */
const MAX_FLIGHTS = 12;

/**
 * The way to one viewer: how fast it is, how long, and whether there is room for another picture now. Learned from
 * acknowledgements alone. They come after painting; what the viewer says that decoding and painting took is not the link's.
 * Times in ms of one monotonic clock, rates in bytes per ms.
 */
export class Link {
  readonly #flights: Flight[] = [];
  readonly #passages: Passage[] = [];
  /** Round trips of late that no later one is shorter than: the first is the shortest. */
  readonly #trips: Trip[] = [];
  /** Those of small pictures that had the way to themselves. */
  readonly #loneTrips: Trip[] = [];
  #limits: LinkLimits = { maxRate: Number.POSITIVE_INFINITY, maxFps: 120 };
  #rate = FIRST_RATE;
  /** When the last acknowledgement came. */
  #arrivedAt = 0;
  /** When a picture too small to tell a rate passed without delay. */
  #quickAt = Number.NEGATIVE_INFINITY;
  #lastSent = Number.NEGATIVE_INFINITY;
  /** Bytes that a cap has let through ahead of their time, as of `#debtAt`. */
  #debt = 0;
  #debtAt = 0;

  set limits(limits: LinkLimits) {
    this.#limits = limits;
  }

  /** Bytes per ms that the link carries and the viewer wants. */
  get rate(): number {
    return Math.min(this.#rate, this.#limits.maxRate / 1000);
  }

  /** Shortest round trip of late; 0 while unknown. */
  get roundTrip(): number {
    return this.#trips[0]?.trip ?? 0;
  }

  /** Whether the answer to a picture of so many bytes may be left to that of a later one. */
  mayDelayAck(bytes: number): boolean {
    const isKnown = this.#passages.length > 0 || Number.isFinite(this.#quickAt);
    if (!isKnown || bytes > LIGHT.bytes || bytes / this.rate > LIGHT.ms) return false;
    return this.#flights.filter(({ delayAck }) => delayAck).length < ACK_EVERY - 1;
  }

  sent({ seq, bytes, delayAck = false }: Sent, now: number): void {
    this.#flights.push({ seq, bytes, sentAt: now, delayAck, isLone: this.#flights.length === 0 });
    // A viewer that is being skipped acknowledges nothing; what it owes must not pile up here.
    if (this.#flights.length > 64) this.#flights.shift();
    this.#lastSent = now;
    this.#debt = this.#debtOf(now) + bytes;
    this.#debtAt = now;
  }

  /** An acknowledgement covers everything sent before it. `busyMs` is what decoding and painting took of the time. */
  acknowledged(seq: number, now: number, busyMs = 0): void {
    let last: Flight | undefined;
    let bytes = 0;
    while (this.#flights[0] && this.#flights[0].seq <= seq) {
      if (last?.delayAck === false) bytes += last.bytes;
      last = this.#flights.shift();
    }
    bytes += last?.bytes ?? 0;
    // One that may have been delayed tells nothing of the link, and those left to this one arrived before.
    if (last?.seq === seq && !last.delayAck) this.#learn({ ...last, bytes }, now, busyMs);
    if (last) this.#arrivedAt = now;
  }

  /** The viewer starts anew: nothing is on its way any more. */
  reset(): void {
    this.#flights.length = 0;
  }

  /** When there will be room by itself, without an acknowledgement: ms to wait, 0 for now, infinite when one must come first. */
  waitFor(now: number): number {
    if (this.#isFull) return Number.POSITIVE_INFINITY;
    // Somewhat early: timers are late, and a picture every other time would halve the rate.
    const forFps = this.#lastSent + 1000 / this.#limits.maxFps - 2 - now;
    const forCap = this.#debtOf(now) / (this.#limits.maxRate / 1000);
    return Math.max(0, forFps, forCap);
  }

  hasRoom(now: number): boolean {
    return this.waitFor(now) === 0;
  }

  /** In how many ms it counts as gone if nothing comes; infinite while no answer is due. */
  deadIn(now: number): number {
    const oldest = this.#flights[0];
    return oldest ? Math.max(oldest.sentAt, this.#arrivedAt) + DEAD_MS - now : Number.POSITIVE_INFINITY;
  }

  /** Fell behind the pace of others: it has more on its way, or got it sooner, than it would by itself. */
  isBehind(now: number): boolean {
    const isSooner = this.#lastSent + 600 / this.#limits.maxFps > now;
    const isFuller = this.#waiting > picturesAllowed(this.roundTrip);
    const queueMs = this.#bytesOut / this.rate - this.roundTrip;
    return isFuller || (this.#flights.length > 1 && queueMs > BEHIND_MS) || isSooner || this.#debtOf(now) > 0;
  }

  get #isFull(): boolean {
    const [flights, bytes] = [this.#waiting, this.#bytesOut];
    if (bytes > LIMITS.lossyWindow / 2) return true;
    if (flights < 2 && bytes <= this.rate * QUEUE_MS) return false;
    return flights >= picturesAllowed(this.roundTrip) || bytes / this.rate > this.roundTrip + QUEUE_MS;
  }

  /** Pictures whose answer is due: others may be long painted. */
  get #waiting(): number {
    return this.#flights.reduce((count, { delayAck }) => count + (delayAck ? 0 : 1), 0);
  }

  get #bytesOut(): number {
    return this.#flights.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #debtOf(now: number): number {
    if (!Number.isFinite(this.#limits.maxRate)) return 0;
    return Math.max(0, this.#debt - ((now - this.#debtAt) * this.#limits.maxRate) / 1000);
  }

  /** A picture passes alone: from when the one before had arrived, or its first bytes could have, until all of it had. */
  #learn({ sentAt, bytes, isLone }: Flight, now: number, busyMs: number): void {
    const trip = Math.max(0, now - sentAt - busyMs);
    this.#learnTrip({ at: now, trip }, isLone && bytes < TELLING.bytes && this.#flights.length === 0);
    const ms = Math.max(0, now - busyMs - Math.max(this.#arrivedAt, sentAt + this.roundTrip));
    if (!this.#isTelling({ at: now, bytes, ms })) return;
    keep(this.#passages, { at: now, bytes, ms }, now - RATE_WINDOW_MS);
    const recent = this.#passages.filter(({ at }) => at > now - RISE_WINDOW_MS);
    const rise = recent.length > 1 ? meanRate(recent) : 0;
    this.#rate = Math.min(BEST_RATE, Math.max(meanRate(this.#passages), rise));
  }

  #learnTrip(sample: Trip, isLone: boolean): void {
    while ((this.#trips.at(-1)?.trip ?? -1) >= sample.trip) this.#trips.pop();
    keep(this.#trips, sample, sample.at - TRIP_WINDOW_MS);
    if (!isLone) return;
    keep(this.#loneTrips, sample, sample.at - RATE_WINDOW_MS);
    const shortest = Math.min(...this.#loneTrips.map(({ trip }) => trip));
    if (this.#loneTrips.length < LONE_TRIPS || shortest <= this.roundTrip) return;
    this.#trips.splice(0, this.#trips.length, { at: sample.at, trip: shortest });
  }

  /** A small picture that took long tells of a slow link only if no other passed quickly of late. */
  #isTelling({ at, bytes, ms }: Passage): boolean {
    if (bytes >= TELLING.bytes || bytes >= this.#rate * TELLING.ms) return true;
    if (ms < TELLING.ms) this.#quickAt = at;
    return at - this.#quickAt > RATE_WINDOW_MS;
  }
}

function meanRate(passages: readonly Passage[]): number {
  const sum = (part: 'bytes' | 'ms') => passages.reduce((sum, passage) => sum + passage[part], 0);
  return sum('bytes') / Math.max(1, sum('ms'));
}

/** Adds a sample and forgets those before `since`; what is left always has one. */
function keep<T extends { at: number }>(samples: T[], sample: T, since: number): void {
  samples.push(sample);
  while (samples[0] && samples[0].at < since) samples.shift();
}

/**
 * How many pictures may be on their way at once: two, and as many more as the link's own round trip holds at 60 a second.
 * More would only wait somewhere and be old when seen. `roundTrip` in ms.
 */
export function picturesAllowed(roundTrip: number): number {
  return Math.min(MAX_FLIGHTS, 2 + Math.floor(roundTrip / 16));
}
