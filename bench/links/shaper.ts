import { seeded } from '../../tests/support/x11/random.ts';
import { bytesPerMs, type Shape } from './shape.ts';

/** For so long a drawn jitter holds: delays come and go in bursts. */
const JITTER_HOLDS_MS = 50;

interface Waiting<T> {
  item: T;
  size: number;
  since: number;
}

interface Underway<T> {
  item: T;
  arrives: number;
}

/**
 * One direction of a line, as pure arithmetic on a clock that the caller reads (ms): what goes in comes out in order, at
 * the line's rate, after its delay. It goes by the time that has passed, so a late caller changes no rate.
 */
export class Shaper<T> {
  readonly #random = seeded(1);
  readonly #waiting: Waiting<T>[] = [];
  readonly #underway: Underway<T>[] = [];
  #shape: Shape;
  #waitingBytes = 0;
  #freeAt = 0;
  #lastArrival = 0;
  #jitter = { share: 0, until: 0 };

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** Whether the waiting room is full: who has more to send should wait. */
  get full(): boolean {
    return this.#waitingBytes >= this.#shape.queueMs * bytesPerMs(this.#shape);
  }

  /** When something will next leave the waiting room or arrive; undefined while the line is empty. */
  get nextAt(): number | undefined {
    const [waiting] = this.#waiting;
    const times = [
      ...this.#underway.slice(0, 1).map(({ arrives }) => arrives),
      ...(waiting ? [this.#sentAt(waiting)] : []),
    ];
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** From now on. What is being sent at this moment is still sent at the old rate. */
  reshape(shape: Shape, now: number): void {
    this.#send(now);
    this.#shape = shape;
  }

  push(item: T, size: number, now: number): void {
    this.#send(now);
    this.#waiting.push({ item, size, since: now });
    this.#waitingBytes += size;
  }

  /** What has arrived by `now`, in order. */
  take(now: number): T[] {
    this.#send(now);
    const arrived: T[] = [];
    while (this.#underway[0] && this.#underway[0].arrives <= now) {
      arrived.push(...this.#underway.splice(0, 1).map(({ item }) => item));
    }
    return arrived;
  }

  #send(now: number): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const sentAt = this.#sentAt(next);
      if (sentAt > now) return;
      this.#waiting.shift();
      this.#waitingBytes -= next.size;
      this.#freeAt = sentAt;
      const arrives = Math.max(this.#lastArrival, sentAt + this.#shape.delayMs + this.#jitterAt(sentAt));
      this.#lastArrival = arrives;
      this.#underway.push({ item: next.item, arrives });
    }
  }

  #jitterAt(moment: number): number {
    if (moment >= this.#jitter.until) {
      this.#jitter = { share: this.#random(), until: moment + JITTER_HOLDS_MS };
    }
    return this.#jitter.share * this.#shape.jitterMs;
  }

  #sentAt({ size, since }: Waiting<T>): number {
    return Math.max(this.#freeAt, since) + size / bytesPerMs(this.#shape);
  }
}
