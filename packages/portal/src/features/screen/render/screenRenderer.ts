import type { ScreenUpdate } from '@porthole/protocol';
import { type DecodedTile, decodeTile } from './tileDecoder.ts';

export type AnyCanvas = HTMLCanvasElement | OffscreenCanvas;

export interface Shown {
  decodeMs: number;
  paintMs: number;
}

/** Draws pictures on a canvas, each as a whole: parts are decoded as they come and shown together with the last. */
export class ScreenRenderer {
  readonly #canvas: AnyCanvas;
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  #tiles: DecodedTile[] = [];
  #seq = -1;
  #decodeMs = 0;

  constructor(canvas: AnyCanvas) {
    this.#canvas = canvas;
    const context = canvas.getContext('2d', { alpha: false, desynchronized: true });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#context = context as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  }

  /** The display has this size now; what was drawn stays until new pixels come, unless the size changed. */
  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  /** Takes one part; answers the costs when it completed a picture. Throws `WireError` on tiles that cannot be decoded. */
  update(update: ScreenUpdate): Shown | undefined {
    if (update.seq !== this.#seq) {
      this.#seq = update.seq;
      this.#tiles = [];
      this.#decodeMs = 0;
    }
    const start = performance.now();
    for (const rect of update.rects) this.#tiles.push(decodeTile(rect));
    this.#decodeMs += performance.now() - start;
    if (!update.last) return undefined;
    return { decodeMs: this.#decodeMs, paintMs: this.#paint() };
  }

  #paint(): number {
    const start = performance.now();
    for (const { rgba, width, height, x, y } of this.#tiles) {
      this.#context.putImageData(new ImageData(rgba, width, height), x, y);
    }
    this.#tiles = [];
    return performance.now() - start;
  }
}
