import { PixelKernel } from '@porthole/pixels';
import type { Pixels } from '../../backend.ts';

/** Pixels that are shrunk at a time, about: they stay in the processor's cache. And blocks one below the other at most. */
const BAND_PIXELS = 1 << 17;
const BAND_BLOCKS = 64;

/** Makes pictures smaller by a whole factor, each pixel the mean of a block; blocks at the far edges may be cut short. */
export class Shrinker {
  readonly #factor: number;
  readonly #kernel: PixelKernel;

  private constructor(factor: number, kernel: PixelKernel) {
    this.#factor = factor;
    this.#kernel = kernel;
  }

  /** For pictures of up to `width` pixels a row; `factor` is 1 to 64. */
  static async open(width: number, factor: number): Promise<Shrinker> {
    const blocks = Math.min(BAND_BLOCKS, Math.max(1, Math.floor(BAND_PIXELS / (width * factor))));
    return new Shrinker(factor, await PixelKernel.open(width, blocks * factor));
  }

  /** Writes the smaller picture to `to`: ceil(width / factor) x ceil(height / factor) pixels of 4 bytes, without gaps. */
  shrink({ data, stride, width, height }: Pixels, to: Uint8Array): void {
    const band = this.#kernel.height;
    const bandBytes = Math.ceil(width / this.#factor) * (band / this.#factor) * 4;
    for (let y = 0, at = 0; y < height; y += band, at += bandBytes) {
      const rect = { x: 0, y: 0, width, height: Math.min(band, height - y) };
      const staged = this.#kernel.staging(width * rect.height * 4);
      for (let row = 0; row < rect.height; row++) {
        const start = (y + row) * stride;
        staged.set(data.subarray(start, start + width * 4), row * width * 4);
      }
      const smaller = this.#factor === 1 ? staged : this.#kernel.shrink({ staged: rect }, rect, this.#factor);
      to.set(smaller, at);
    }
  }
}
