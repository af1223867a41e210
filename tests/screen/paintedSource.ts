import { type Monitor, PortholeError, type Rect } from '@porthole/protocol';
import type { Pixels, ScreenEvents, ScreenSource } from '../../packages/agent/src/features/screen/backend.ts';

/** A display in memory that tests paint on. Like a real one it reports damage once, and answers a grab some time later. */
export class PaintedSource implements ScreenSource {
  width: number;
  height: number;
  monitors: Monitor[];
  /** Grabs so far. */
  grabs = 0;
  isClosed = false;
  /** Called in the middle of every grab, when its pixels are not read yet. */
  duringGrab: () => void = () => undefined;
  events: ScreenEvents | undefined;
  #pixels: Uint8Array;
  #damage: Rect[] = [];
  #told = false;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.monitors = [{ id: 'one', name: 'one', x: 0, y: 0, width, height }];
    this.#pixels = new Uint8Array(width * height * 4);
    this.#touch({ x: 0, y: 0, width, height });
  }

  /** Fills what of `rect` is on the display with 0xRRGGBB; with noise instead when `noise` is given. */
  paint(rect: Rect, color: number, noise?: () => number): void {
    const [left, top] = [Math.max(0, rect.x), Math.max(0, rect.y)];
    const right = Math.min(this.width, rect.x + rect.width);
    const bottom = Math.min(this.height, rect.y + rect.height);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const value = noise ? Math.floor(noise() * 0x100_0000) : color;
        this.#pixels.set([value & 255, (value >> 8) & 255, value >> 16], (y * this.width + x) * 4);
      }
    }
    if (right > left && bottom > top) this.#touch({ x: left, y: top, width: right - left, height: bottom - top });
  }

  /** Puts B G R pixels, rows without gaps. */
  put(rect: Rect, bgr: Uint8Array): void {
    for (let pixel = 0; pixel < rect.width * rect.height; pixel++) {
      const at = ((rect.y + Math.floor(pixel / rect.width)) * this.width + rect.x + (pixel % rect.width)) * 4;
      this.#pixels.set(bgr.subarray(pixel * 3, pixel * 3 + 3), at);
    }
    this.#touch(rect);
  }

  /** Moves what is at `from` to `to`, as scrolling does; both must be on the display. */
  move(from: { x: number; y: number }, to: Rect): void {
    const rows = this.rows({ ...to, ...from });
    for (const [row, bytes] of rows.entries()) this.#pixels.set(bytes, ((to.y + row) * this.width + to.x) * 4);
    this.#touch(to);
  }

  /** Copies of the rows of a rectangle. */
  rows({ x, y, width, height }: Rect): Uint8Array[] {
    const start = (row: number) => ((y + row) * this.width + x) * 4;
    return Array.from({ length: height }, (_, row) => this.#pixels.slice(start(row), start(row) + width * 4));
  }

  /** Another size, all black; earlier damage is void. */
  resize(width: number, height: number): void {
    [this.width, this.height] = [width, height];
    this.monitors = [{ id: 'one', name: 'one', x: 0, y: 0, width, height }];
    this.#pixels = new Uint8Array(width * height * 4);
    this.#damage = [];
    this.#told = false;
    this.events?.geometry();
    this.#touch({ x: 0, y: 0, width, height });
  }

  collect(): Rect[] {
    const damage = this.#damage;
    this.#damage = [];
    this.#told = false;
    return damage;
  }

  async grab(rect: Rect): Promise<Pixels> {
    this.grabs++;
    await new Promise((resolve) => setImmediate(resolve));
    this.duringGrab();
    const { x, y, width, height } = rect;
    if (x < 0 || y < 0 || x + width > this.width || y + height > this.height) {
      throw new PortholeError('display.lost', `Nothing of the display is at ${JSON.stringify(rect)}.`);
    }
    const data = new Uint8Array(width * height * 4);
    for (let row = 0; row < height; row++) {
      const start = ((y + row) * this.width + x) * 4;
      data.set(this.#pixels.subarray(start, start + width * 4), row * width * 4);
    }
    return { data, stride: width * 4, width, height };
  }

  close(): void {
    this.isClosed = true;
  }

  /** R, G, B, A of an area, as a viewer of it must see them. */
  rgba({ x, y, width, height }: Rect = { x: 0, y: 0, width: this.width, height: this.height }): Buffer {
    const out = Buffer.alloc(width * height * 4, 255);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = ((y + row) * this.width + x + column) * 4;
        const to = (row * width + column) * 4;
        for (let part = 0; part < 3; part++) out[to + part] = this.#pixels[from + 2 - part] ?? 0;
      }
    }
    return out;
  }

  #touch(rect: Rect): void {
    this.#damage.push(rect);
    if (this.#told) return;
    this.#told = true;
    this.events?.damage();
  }
}
