import type { PixelKernel } from '@porthole/pixels';
import type { Rect } from '@porthole/protocol';
import type { Pixels, ScreenSource } from '../../backend.ts';
import { Shrinker } from './shrinker.ts';
import type { View } from './view.ts';

/** Brings pixels of the display into the kernel's memory, as the view shows them. */
export class DisplayReader {
  readonly #view: View;
  readonly #kernel: PixelKernel;
  readonly #shrinker: Shrinker | undefined;

  private constructor(view: View, kernel: PixelKernel, shrinker: Shrinker | undefined) {
    this.#view = view;
    this.#kernel = kernel;
    this.#shrinker = shrinker;
  }

  /** `kernel` is as large as the view. */
  static async open(view: View, kernel: PixelKernel): Promise<DisplayReader> {
    const shrinker = view.shrink > 1 ? await Shrinker.open(view.area.width, view.shrink) : undefined;
    return new DisplayReader(view, kernel, shrinker);
  }

  /** A rectangle of the view, staged: rows without gaps, valid until the next reading. Rejects as `ScreenSource.grab` does. */
  async read(source: ScreenSource, rect: Rect): Promise<Pixels> {
    const grabbed = await source.grab(this.#view.toDisplay(rect));
    const { width, height } = rect;
    const length = width * height * 4;
    const data = this.#kernel.staging(length);
    if (this.#shrinker) this.#shrinker.shrink(grabbed, data);
    else data.set(grabbed.data.subarray(0, length));
    return { data, stride: width * 4, width, height };
  }
}
