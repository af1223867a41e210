import type { Rect } from '@porthole/protocol';

/**
 * What a canvas holds, in ordinary memory. A canvas that is drawn onto itself is copied as a whole first, which takes ten times
 * as long as moving the rows here and putting them back.
 */
export class Mirror {
  readonly image: ImageData;
  readonly #words: Uint32Array;

  constructor(image: ImageData) {
    this.image = image;
    this.#words = new Uint32Array(image.data.buffer);
  }

  /** 0xRRGGBB. */
  fill(rect: Rect, colour: number): void {
    const word = 0xff00_0000 | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16);
    for (const [start, end] of this.#rows(rect)) this.#words.fill(word, start, end);
  }

  /** Straight RGBA whose rows have `rowPixels` pixels. */
  put(rect: Rect, rgba: Uint8ClampedArray<ArrayBuffer>, rowPixels: number): void {
    const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >> 2);
    let from = 0;
    for (const [start, end] of this.#rows(rect)) {
      this.#words.set(words.subarray(from, from + end - start), start);
      from += rowPixels;
    }
  }

  /** Moves pixels; the two places may overlap. */
  copy({ fromX, fromY }: { fromX: number; fromY: number }, to: Rect): void {
    const back = (fromY - to.y) * this.image.width + fromX - to.x;
    const rows = [...this.#rows(to)];
    // Downwards the last row goes first, or it would be overwritten before it is read.
    for (const [start, end] of fromY < to.y ? rows.reverse() : rows) {
      this.#words.copyWithin(start, start + back, end + back);
    }
  }

  /** First word and end of each row of a rectangle, as far as it is inside. */
  *#rows({ x, y, width, height }: Rect): Generator<[start: number, end: number]> {
    const right = Math.min(x + width, this.image.width);
    const bottom = Math.min(y + height, this.image.height);
    for (let row = y; row < bottom && right > x; row++) {
      yield [row * this.image.width + x, row * this.image.width + right];
    }
  }
}
