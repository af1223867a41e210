import { type CodedRect, Coder, LIMITS, type Picture, type Rect } from '@porthole/protocol';
import type { Means } from './codingChoice.ts';
import { pixelsOf } from './tiles.ts';

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
  /** What it was coded as, and how many pixels; undefined and 0 when mixed. For learning what browsers need for it. */
  means: Means | undefined;
  meansPixels: number;
}

/** A picture is sent when making it took this long (ms) or holds what the link carries in this time (ms); the rest follows. */
const MAKE_MS = 30;
const LINK_MS = 50;
/** A picture is mixed when more than this share of its pixels was coded by other means. */
const MIXED = 0.1;

/** One picture in the making: what it holds so far, and whether it has to stop. */
export class PictureWork {
  readonly made: Made = { coded: [], captureMs: 0, encodeMs: 0, means: undefined, meansPixels: 0 };
  readonly plan: PicturePlan;
  /** Parts that are dear to send without loss. */
  readonly dear: Rect[] = [];
  /** The area in lasting motion. */
  film: Rect | undefined;
  readonly #begun = performance.now();
  /** What the link carries in the time that a picture may take there. */
  readonly mostBytes: number;
  #bytes = 0;

  constructor(plan: PicturePlan, linkMs = LINK_MS) {
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

  /** The picture, with nothing to be added any more. */
  finish(): Made {
    return Object.assign(this.made, meansOf(this.made.coded));
  }
}

/** What a picture was coded as, if one means takes nearly all of it: what its viewers need for a mixed one says nothing. */
export function meansOf(coded: readonly CodedRect[]): Pick<Made, 'means' | 'meansPixels'> {
  const video = coded.find(({ coder }) => coder === Coder.video);
  // There is one video at most, and each of its pieces names all of its place.
  const counts = { video: video ? pixelsOf([video]) : 0, jpeg: pixelsOf(coded.filter(isJpeg)) };
  const means = counts.video > counts.jpeg ? 'video' : 'jpeg';
  const all = counts.video + pixelsOf(coded.filter(({ coder }) => coder !== Coder.video));
  if (counts[means] <= all * (1 - MIXED)) return { means: undefined, meansPixels: 0 };
  return { means, meansPixels: counts[means] };
}

function isJpeg({ coder }: CodedRect): boolean {
  return coder === Coder.jpeg;
}
