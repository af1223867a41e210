import type { PixelKernel } from '@porthole/pixels';
import type { Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';
import { DirtyRegion, intersect } from './dirtyRegion.ts';
import { LossyMap } from './lossyMap.ts';
import type { View } from './view.ts';

/** The picture as viewers have it: its pixels, which of them they have only roughly, and which they were never sent. */
export class SentPicture {
  readonly kernel: PixelKernel;
  readonly lossy: LossyMap;
  readonly #view: View;
  /** Never sent: it counts as changed, whatever it looks like. */
  readonly #unknown = new DirtyRegion();

  /** `kernel` is as large as the view; its shadow is kept here. */
  constructor(view: View, kernel: PixelKernel) {
    this.kernel = kernel;
    this.lossy = new LossyMap(view.width, view.height);
    this.#view = view;
    this.forget();
  }

  /** Everything must be sent again. */
  forget(): void {
    this.#unknown.add(this.#view.whole);
  }

  get pixels(): Pixels {
    const { width, height } = this.#view;
    return { data: this.kernel.shadow, stride: width * 4, width, height };
  }

  /** The byte position of a rectangle's first pixel in `pixels`. */
  offsetOf({ x, y }: Rect): number {
    return (y * this.#view.width + x) * 4;
  }

  /** Whether all of a rectangle was sent before. */
  knows(rect: Rect): boolean {
    return this.#unknown.isEmpty || !this.#unknown.rects.some((unknown) => intersect(unknown, rect));
  }

  /** What of a staged rectangle has to be sent: where it differs; all of it, when some was never sent. */
  changesIn(rect: Rect): Rect[] {
    return this.knows(rect) ? this.kernel.diff(rect) : [rect];
  }

  /** `part` of a staged rectangle is sent at `now`, without loss unless that is said of it afterwards. */
  accept(rect: Rect, part: Rect, now: number): void {
    this.lossy.clear(part, now);
    this.kernel.accept(rect, part);
    if (!this.#unknown.isEmpty) this.#unknown.remove(part);
  }

  /** Viewers are told at `now` to copy what they have. */
  move(from: { x: number; y: number }, to: Rect, now: number): void {
    this.kernel.copyWithin(from, to);
    const isRough = this.lossy.touches({ ...to, ...from });
    this.lossy.clear(to, now);
    if (isRough) this.lossy.mark(to, now);
  }
}
