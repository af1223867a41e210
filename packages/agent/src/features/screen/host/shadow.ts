import type { Rect } from '@porthole/protocol';
import type { Pixels } from '../backend.ts';

/**
 * The picture as it was last sent. Applications repaint much that looks the same as before; comparing costs a fraction of
 * coding it. 4 bytes per pixel; coordinates are those of the monitor.
 */
export class Shadow {
  /** All of it, for a viewer that shall have what the others have. Rows that were never sent are black. */
  readonly pixels: Pixels;
  readonly #width: number;
  readonly #bytes: Buffer;
  /** Rows that were never sent: they always count as changed. */
  readonly #unknown: Uint8Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#bytes = Buffer.alloc(width * height * 4);
    this.pixels = { data: this.#bytes, stride: width * 4, width, height };
    this.#unknown = new Uint8Array(height).fill(1);
  }

  /**
   * The smallest rectangle inside `rect` that differs from what was sent, or undefined; takes the new pixels over.
   * `pixels` holds exactly `rect`.
   */
  update(rect: Rect, pixels: Pixels): Rect | undefined {
    const whole = rect.x === 0 && rect.width === this.#width;
    let top = -1;
    let bottom = -1;
    for (let row = 0; row < rect.height; row++) {
      if (!this.#updateRow(rect, pixels, row, whole)) continue;
      if (top < 0) top = row;
      bottom = row;
    }
    if (top < 0) return undefined;
    return { x: rect.x, y: rect.y + top, width: rect.width, height: bottom - top + 1 };
  }

  #updateRow(rect: Rect, pixels: Pixels, row: number, whole: boolean): boolean {
    const y = rect.y + row;
    const length = rect.width * 4;
    const start = (y * this.#width + rect.x) * 4;
    const from = row * pixels.stride;
    const known = this.#bytes.subarray(start, start + length);
    const now = pixels.data.subarray(from, from + length);
    const unknown = this.#unknown[y] === 1;
    if (!unknown && known.equals(now)) return false;
    known.set(now);
    if (unknown && whole) this.#unknown[y] = 0;
    return true;
  }
}
