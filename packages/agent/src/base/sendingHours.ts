import type { FeatureName, SendingSettings } from '@porthole/protocol';

type Hours = SendingSettings['hours'];

/** A sample asked for at this pace or slower, in ms, is one for the history; quicker ones are for somebody who looks. */
const RECORD_MS = 10_000;
/** Longest wait between two looks at the clock, in ms: it may be set meanwhile, and leaps with summer time. */
const LOOK_MS = 20_000;
const MINUTE_MS = 60_000;

/** True while live feeds may be sent. `minute` of the day; `from` is in, `to` is not, and the same twice is the whole day. */
export function isWithin(hours: Hours, minute: number): boolean {
  if (hours === null || hours.from === hours.to) return true;
  const { from, to } = hours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minute of the day by the clock of this device. */
export function minuteOf(time: Date): number {
  return time.getHours() * 60 + time.getMinutes();
}

/** True for what is sent all the time while somebody looks; what a person asks for once is not, nor is the record. */
export function isLiveFeed(feature: FeatureName, params: Record<string, unknown>): boolean {
  if (feature === 'screen' || feature === 'thumbnail') return true;
  return feature === 'stats' && !(params.operation === 'sample' && Number(params.intervalMs) >= RECORD_MS);
}

/** Knows whether this is a part of the day in which live feeds may be sent; says so when one ends. */
export class SendingHours {
  readonly #now: () => Date;
  readonly #ended: () => void;
  #hours: Hours = null;
  #isOpen = true;
  #timer: NodeJS.Timeout | undefined;

  /** @param ended called when live feeds have to end. */
  constructor(ended: () => void, now = () => new Date()) {
    this.#now = now;
    this.#ended = ended;
  }

  get isOpen(): boolean {
    return isWithin(this.#hours, minuteOf(this.#now()));
  }

  set(hours: Hours): void {
    this.#hours = hours;
    this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    clearTimeout(this.#timer);
    const wasOpen = this.#isOpen;
    this.#isOpen = this.isOpen;
    if (wasOpen && !this.#isOpen) this.#ended();
    if (this.#hours === null) return;
    // Hours begin and end with a minute.
    const next = MINUTE_MS - (this.#now().getTime() % MINUTE_MS);
    this.#timer = setTimeout(() => this.#look(), Math.min(next, LOOK_MS));
  }
}
