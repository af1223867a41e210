import { type CodedRect, LIMITS, type Picture, type Rect } from '@porthole/protocol';
import type { Means } from './codingChoice.ts';

/** What the viewers of a picture can take and want. */
export interface PicturePlan {
  picture: Picture;
  /** Of the fastest viewer's link, bytes per ms. */
  rate: number;
  maxFps: number;
  /** Video codecs that every viewer in the group can decode. */
  codecs: readonly string[];
  now: number;
}

/** A coded picture and what it took; times in ms. */
export interface Made {
  coded: CodedRect[];
  captureMs: number;
  encodeMs: number;
  /** What most of it was coded as, and how many pixels of that; for learning what browsers need for it. */
  means: Means;
  meansPixels: number;
}

/** A picture is sent when making it took this long (ms) or holds what the link carries in this time (ms); the rest follows. */
const MAKE_MS = 30;
const LINK_MS = 50;

/** One picture in the making: what it holds so far, and whether it has to stop. */
export class PictureWork {
  readonly made: Made;
  readonly plan: PicturePlan;
  /** Parts that are dear to send without loss. */
  readonly dear: Rect[] = [];
  /** The area in lasting motion. */
  film: Rect | undefined;
  readonly #begun = performance.now();
  /** What the link carries in the time that a picture may take there. */
  readonly mostBytes: number;
  #bytes = 0;

  constructor(made: Made, plan: PicturePlan, linkMs = LINK_MS) {
    this.made = made;
    this.plan = plan;
    this.mostBytes = Math.min(plan.rate * linkMs, LIMITS.lossyBurst);
  }

  get isFull(): boolean {
    if (this.#bytes === 0) return false;
    return this.#bytes > this.mostBytes || performance.now() - this.#begun > MAKE_MS;
  }

  add(coded: CodedRect): void {
    this.made.coded.push(coded);
    this.#bytes += coded.bytes.byteLength;
  }

  async capture<T>(task: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await task();
    this.made.captureMs += performance.now() - begun;
    return result;
  }

  code<T>(task: () => T): T {
    const begun = performance.now();
    const result = task();
    this.made.encodeMs += performance.now() - begun;
    return result;
  }
}
