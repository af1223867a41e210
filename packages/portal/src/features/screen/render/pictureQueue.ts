import { type CodedRect, Coder, type ScreenUpdate } from '@porthole/protocol';
import type { CoderShare } from './latency.ts';
import { isTooLate, MAX_AGE_MS, MAX_PENDING_RECTS, MAX_PICTURES, MAX_STEPS, pixelBudget } from './overload.ts';
import type { RectDecoder, Size } from './rectDecoder.ts';
import { dropStep, type Step } from './steps.ts';
import { VideoError } from './videoStreams.ts';
import { goesOn } from './videoUnits.ts';

/** A whole picture, decoded; to be shown at once. */
export interface Picture {
  seq: number;
  exact: boolean;
  steps: Step[];
  /** What decoding took, waiting for decoders included, in ms. */
  decodeMs: number;
}

/** A picture and what is to be known of it besides. */
export interface QueuedPicture extends Picture {
  update: ScreenUpdate;
  /** When its last part came, in ms of `performance.now()`. */
  arrivedAt: number;
  bytes: number;
  shares: CoderShare[];
}

export interface QueueEvents {
  /** A picture is decoded, and so are all before it. It is whole, but for rectangles that were reported as lost. */
  decoded(picture: QueuedPicture): void;
  /** Something of a picture will never be shown. */
  lost(reason: unknown): void;
}

interface Entry {
  update: ScreenUpdate;
  /** In order; empty where something is still being decoded, or was lost. */
  steps: (Step | undefined)[];
  /** Rectangles still being decoded. */
  pending: number;
  pixels: number;
  decodeMs: number;
  arrivedAt: number;
  /** Until when `decodeMs` counts already. */
  countedUntil: number;
  isWhole: boolean;
  isOver: boolean;
  bytes: number;
  shares: CoderShare[];
}

/** What the queue needs of a `RectDecoder`. */
export type QueueDecoder = Pick<RectDecoder, 'resize' | 'decode' | 'endPicture' | 'reset'>;

/** Pictures in the order in which they came, although some take longer to decode than others. */
export class PictureQueue {
  readonly #decoder: QueueDecoder;
  readonly #events: QueueEvents;
  readonly #entries: Entry[] = [];
  #budget = 0;
  #pixels = 0;
  #pending = 0;
  #isHeld = false;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(decoder: QueueDecoder, events: QueueEvents) {
    this.#decoder = decoder;
    this.#events = events;
  }

  /** The picture has this size from here on. */
  resize(size: Size): void {
    this.#decoder.resize(size);
    this.#budget = pixelBudget(size);
  }

  /** Takes one part; `bytes` is what it took on the wire. */
  add(update: ScreenUpdate, bytes: number): void {
    const entry = this.#entryOf(update);
    entry.arrivedAt = performance.now();
    entry.bytes += bytes;
    for (const rect of update.rects) this.#decode(entry, rect);
    entry.countedUntil = performance.now();
    entry.decodeMs += entry.countedUntil - entry.arrivedAt;
    entry.update = update;
    entry.isWhole = update.last;
    if (update.last && this.#decoder.endPicture()) this.#events.lost('video frame without its end');
    this.#settle();
  }

  /** While held, decoded pictures wait here: the page has enough to paint. */
  hold(held: boolean): void {
    if (held === this.#isHeld) return;
    this.#isHeld = held;
    if (!held) this.#settle();
  }

  /** Forgets everything, also what is being decoded. Answers the number of the latest whole picture among it. */
  clear(): number | undefined {
    const latest = this.#entries.findLast(({ isWhole }) => isWhole)?.update.seq;
    for (const entry of this.#entries.splice(0)) this.#discard(entry);
    this.#decoder.reset();
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    return latest;
  }

  #entryOf(update: ScreenUpdate): Entry {
    const last = this.#entries.at(-1);
    if (last && !last.isWhole) {
      if (last.update.seq === update.seq) return last;
      // Its other parts were skipped on the way; whoever skipped them sees to it that a whole picture follows.
      this.#entries.pop();
      this.#discard(last);
      this.#decoder.endPicture();
    }
    if (this.#entries.length >= MAX_PICTURES) this.#skipOldest();
    const entry = newEntry(update);
    this.#entries.push(entry);
    return entry;
  }

  /** The page paints nothing any more. The acknowledgement of a later picture covers this one. */
  #skipOldest(): void {
    const oldest = this.#entries.shift();
    if (oldest) this.#discard(oldest);
    this.#events.lost('too many pictures');
  }

  #decode(entry: Entry, rect: CodedRect): void {
    const { coder, bytes } = rect;
    try {
      const area = areaOf(rect);
      const share = entry.shares[coder];
      if (share) {
        share.bytes += bytes.byteLength;
        share.area += area;
      }
      this.#admit(entry, coder, area);
      const step = this.#decoder.decode(rect);
      if (step instanceof Promise) this.#await(entry, step);
      else if (step) entry.steps.push(step);
    } catch (error) {
      this.#events.lost(error);
    }
  }

  /** Throws when more would have to be held than a reasonable stream ever asks for. */
  #admit(entry: Entry, coder: Coder, area: number): void {
    if (entry.steps.length >= MAX_STEPS || this.#pending >= MAX_PENDING_RECTS)
      throw new RangeError('too much to decode');
    if (coder === Coder.solid || coder === Coder.copy) return;
    if (this.#pixels + area > this.#budget) throw new RangeError('too many pixels');
    this.#pixels += area;
    entry.pixels += area;
  }

  #await(entry: Entry, coming: Promise<Step>): void {
    const index = entry.steps.push(undefined) - 1;
    entry.pending++;
    this.#pending++;
    const done = () => {
      this.#pending--;
      if (entry.isOver) return;
      entry.pending--;
      if (entry.pending === 0 && entry.isWhole) entry.decodeMs += performance.now() - entry.countedUntil;
      this.#settle();
    };
    coming.then(
      (step) => {
        if (entry.isOver) dropStep(step);
        else entry.steps[index] = step;
        done();
      },
      (error) => {
        if (!entry.isOver) this.#events.lost(error);
        done();
      },
    );
  }

  /** Gives out what is ready, and gives up what takes too long. */
  #settle(): void {
    const now = performance.now();
    const undecoded = this.#entries.filter(({ isWhole, pending }) => isWhole && pending > 0);
    const oldest = undecoded[0];
    if (oldest && isTooLate({ count: undecoded.length, ageMs: now - oldest.arrivedAt })) this.#giveUp();
    for (let head = this.#ready(); head; head = this.#ready()) this.#giveOut(head);
    this.#watch(oldest);
  }

  #ready(): Entry | undefined {
    const head = this.#entries[0];
    return head?.isWhole && head.pending === 0 && !this.#isHeld ? head : undefined;
  }

  #giveOut(entry: Entry): void {
    this.#entries.shift();
    this.#pixels -= entry.pixels;
    const { update, decodeMs, arrivedAt, bytes, shares } = entry;
    const steps = entry.steps.filter((step) => step !== undefined);
    const { seq, exact } = update;
    this.#events.decoded({ seq, exact, steps, decodeMs, update, arrivedAt, bytes, shares });
  }

  /** Everything that is not decoded is dropped; what is decoded is still shown, since it is nearer to the truth. */
  #giveUp(): void {
    const owedVideo = this.#decoder.reset();
    for (const [index, entry] of this.#entries.entries()) {
      if (entry.pending === 0) continue;
      this.#entries[index] = { ...entry, pending: 0 };
      entry.isOver = true;
    }
    this.#events.lost(owedVideo ? new VideoError('behind') : 'decoding is behind');
  }

  /** A decoder that says nothing any more is noticed by the clock. */
  #watch(oldest: Entry | undefined): void {
    if (!oldest || oldest.isOver) return;
    const wait = oldest.arrivedAt + MAX_AGE_MS + 1 - performance.now();
    this.#alarm ??= setTimeout(() => {
      this.#alarm = undefined;
      this.#settle();
    }, wait);
  }

  #discard(entry: Entry): void {
    entry.isOver = true;
    this.#pixels -= entry.pixels;
    for (const step of entry.steps) if (step) dropStep(step);
  }
}

function newEntry(update: ScreenUpdate): Entry {
  const shares = Object.values(Coder).map(() => ({ bytes: 0, area: 0 }));
  const progress = { pending: 0, pixels: 0, bytes: 0, isWhole: false, isOver: false };
  return { update, steps: [], ...progress, decodeMs: 0, arrivedAt: 0, countedUntil: 0, shares };
}

/** Pixels that a rectangle adds to its picture: the pieces of a video frame all name the area of the whole. */
function areaOf({ width, height, coder, bytes }: CodedRect): number {
  return coder === Coder.video && goesOn(bytes) ? 0 : width * height;
}
