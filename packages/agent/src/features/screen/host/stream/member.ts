import type { Picture, Rect, ScreenWishes } from '@porthole/protocol';
import { DirtyRegion } from '../picture/dirtyRegion.ts';
import { Link } from './link.ts';

/** What counts until a viewer says what it wants. */
const NO_WISHES: ScreenWishes = { codecs: [], picture: 'auto', maxFps: 60, maxKBps: 0 };

/** One viewer of a stream. */
export class Member {
  readonly channel: number;
  /** Who watches; see `Grant`. */
  readonly viewer: string;
  readonly link = new Link();
  /** In the group, it gets what is sent to all. Alone, it gets what it lacks at its own pace. */
  isGrouped = false;
  /** What it lacks of what the group was sent; empty in the group. */
  readonly owed = new DirtyRegion();
  /** What it was sent with loss while it was alone. */
  readonly rough = new DirtyRegion();
  /** When it last asked for everything anew. */
  refreshedAt = Number.NEGATIVE_INFINITY;
  /** When it last fell out of the group. */
  leftAt = Number.NEGATIVE_INFINITY;
  /** When something was last added to what it lacks. */
  owedAt = Number.NEGATIVE_INFINITY;
  #wishes = NO_WISHES;

  constructor(channel: number, viewer: string) {
    this.channel = channel;
    this.viewer = viewer;
  }

  get wishes(): ScreenWishes {
    return this.#wishes;
  }

  set wishes(wishes: ScreenWishes) {
    this.#wishes = wishes;
    const maxRate = wishes.maxKBps === 0 ? Number.POSITIVE_INFINITY : wishes.maxKBps * 1000;
    this.link.limits = { maxRate, maxFps: wishes.maxFps };
  }

  /** It missed these rectangles. */
  owe(rects: readonly Rect[], now: number): void {
    this.owedAt = now;
    for (const { x, y, width, height } of rects) this.owed.add({ x, y, width, height });
  }

  /** True when it has, bit for bit, what the group was last sent; apart from what that has lost. */
  get isExact(): boolean {
    return this.owed.isEmpty && this.rough.isEmpty;
  }

  get picture(): Picture {
    return this.#wishes.picture;
  }
}
