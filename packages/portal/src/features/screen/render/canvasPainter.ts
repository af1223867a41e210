import type { DecodedTile } from './tileDecoder.ts';

/** Draws decoded pictures on the page's canvas, whose size is that of the remote display. */
export class CanvasPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    const context = canvas.getContext('2d', { alpha: false, desynchronized: true });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#context = context;
  }

  /** The display has this size now. What was drawn stays while there is no display, so that people see what was there. */
  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  /** Returns what it cost, in ms. */
  paint(tiles: DecodedTile[]): number {
    const start = performance.now();
    for (const { rgba, width, height, x, y } of tiles) {
      this.#context.putImageData(new ImageData(rgba, width, height), x, y);
    }
    return performance.now() - start;
  }
}
