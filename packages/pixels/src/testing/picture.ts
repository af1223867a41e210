import type { Rect } from '@porthole/protocol';
import fc from 'fast-check';
import { PixelKernel } from '../index.ts';

/** The bits of a pixel that count. */
export const COLOUR = 0x00ff_ffff;

/** A display of a fixed size, and words for its pixels: few colours, and noise in the byte that does not count. */
export class Picture {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array;

  constructor(width: number, height: number, paint: (x: number, y: number) => number) {
    this.width = width;
    this.height = height;
    this.words = Uint32Array.from({ length: width * height }, (_, at) => paint(at % width, Math.floor(at / width)));
  }

  get whole(): Rect {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  /** The words of a rectangle, rows without gaps. */
  crop({ x, y, width, height }: Rect): Uint32Array {
    const words = new Uint32Array(width * height);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * this.width + x;
      words.set(this.words.subarray(from, from + width), row * width);
    }
    return words;
  }

  colour(x: number, y: number): number {
    return (this.words[y * this.width + x] ?? 0) & COLOUR;
  }
}

/** A number that depends on its arguments alone. */
export function hash(...parts: number[]): number {
  const mixed = parts.reduce((sum, part) => Math.imul(sum ^ part, 0x9e37_79b1) ^ (sum >>> 13), 0x2545_f491);
  return (Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b) ^ (mixed >>> 11)) >>> 0;
}

/** Paints noise in all four bytes. */
export function noise(seed: number): (x: number, y: number) => number {
  return (x, y) => hash(seed, x, y);
}

/** Like lines of text: 13 pixels apart, of different length, glyphs on an even ground. */
export function text(scrolledX: number, scrolledY: number): (x: number, y: number) => number {
  return (x, y) => {
    const [column, row] = [x + scrolledX, y + scrolledY];
    const line = Math.floor(row / 13);
    const inGlyph = row % 13 < 9 && column % 8 < 7 && column < 200 + (hash(line) % 400);
    const ink = inGlyph && hash(hash(line, Math.floor(column / 8)) % 80, column % 8, row % 13) % 5 < 2;
    return (ink ? 0xd0d0d0 : 0x101010) | (hash(x, y) << 24);
  };
}

/** Puts a rectangle of the picture where a grab goes. */
export function stage(kernel: PixelKernel, picture: Picture, rect: Rect): void {
  const words = picture.crop(rect);
  kernel.staging(words.byteLength).set(new Uint8Array(words.buffer));
}

/** A kernel that shows the picture already. */
export async function showing(picture: Picture): Promise<PixelKernel> {
  const kernel = await PixelKernel.open(picture.width, picture.height);
  stage(kernel, picture, picture.whole);
  kernel.accept(picture.whole, picture.whole);
  return kernel;
}

/** What the kernel believes viewers have. */
export function shadowOf(kernel: PixelKernel): Picture {
  const words = new Uint32Array(kernel.shadow.slice().buffer);
  return new Picture(kernel.width, kernel.height, (x, y) => words[y * kernel.width + x] ?? 0);
}

/** The places in a rectangle, row by row. */
export function* pixelsOf({ x, y, width, height }: Rect): Generator<[x: number, y: number]> {
  for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) yield [column, row];
}

/** A display and a rectangle in it, both of any shape. */
export const scenes = fc
  .record({
    width: fc.integer({ min: 1, max: 130 }),
    height: fc.integer({ min: 1, max: 70 }),
    corners: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4, maxLength: 4 }),
    seed: fc.nat(1_000_000),
  })
  .map(({ width, height, corners: [a = 0, b = 0, c = 0, d = 0], seed }) => {
    const x = Math.floor(a * width);
    const y = Math.floor(b * height);
    const rect = { x, y, width: 1 + Math.floor(c * (width - x)), height: 1 + Math.floor(d * (height - y)) };
    return { width, height, rect, seed };
  });

/** Whether the pixel at that place is in the rectangle. */
export function inside({ x, y, width, height }: Rect, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}
