import type { Rect } from '@porthole/protocol';
import { Mirror } from './mirror.ts';
import { dropStep, type Step } from './steps.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws decoded pictures on the page's canvas, whose size is that of the remote display. */
export class CanvasPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  /** From the first copy on; not where images of unknown make are drawn, which go with a graphics card that copies quickly. */
  #mirror: Mirror | undefined;
  #hasImages = false;
  /** Where pictures that were shrunk are put together before they are enlarged. */
  #small: { shrink: number; context: OffscreenCanvasRenderingContext2D } | undefined;

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
    this.#small = undefined;
    this.#mirror = undefined;
  }

  /** Paints the steps of one picture in order, and closes their images. Returns what it cost, in ms. */
  paint(steps: readonly Step[], shrink: number): number {
    const start = performance.now();
    try {
      if (shrink > 1) this.#paintEnlarged(steps, shrink);
      else for (const step of steps) this.#paint(step);
    } finally {
      for (const step of steps) dropStep(step);
    }
    return performance.now() - start;
  }

  #paint(step: Step): void {
    const mirror = this.#mirrorFor(step);
    if (step.kind === 'fill') mirror?.fill(step, step.colour);
    else if (step.kind === 'pixels') mirror?.put(step, step.rgba, step.rowPixels);
    else if (step.kind === 'copy' && mirror) {
      mirror.copy(step, step);
      return this.#context.putImageData(mirror.image, 0, 0, step.x, step.y, step.width, step.height);
    }
    paintStep(this.#context, step);
  }

  #mirrorFor({ kind }: Step): Mirror | undefined {
    if (kind === 'image') {
      this.#hasImages = true;
      this.#mirror = undefined;
    } else if (kind === 'copy' && !this.#hasImages) {
      const { width, height } = this.#canvas;
      this.#mirror ??= new Mirror(this.#context.getImageData(0, 0, width, height));
    }
    return this.#mirror;
  }

  /** Puts the picture together as it came, then enlarges what changed, and one pixel around it, which it is blended with. */
  #paintEnlarged(steps: readonly Step[], shrink: number): void {
    this.#mirror = undefined;
    const small = this.#smallContext(shrink);
    for (const step of steps) paintStep(small, step);
    const { x, y, width, height } = boundsOf(steps);
    if (width === 0) return;
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect((x - 1) * shrink, (y - 1) * shrink, (width + 2) * shrink, (height + 2) * shrink);
    this.#context.clip();
    this.#context.drawImage(small.canvas, 0, 0, small.canvas.width * shrink, small.canvas.height * shrink);
    this.#context.restore();
  }

  #smallContext(shrink: number): OffscreenCanvasRenderingContext2D {
    if (this.#small?.shrink === shrink) return this.#small.context;
    const { width, height } = this.#canvas;
    const canvas = new OffscreenCanvas(Math.ceil(width / shrink), Math.ceil(height / shrink));
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#small = { shrink, context };
    return context;
  }
}

function paintStep(context: Context, step: Step): void {
  const { x, y, width, height } = step;
  switch (step.kind) {
    case 'fill':
      context.fillStyle = `#${step.colour.toString(16).padStart(6, '0')}`;
      return context.fillRect(x, y, width, height);
    case 'pixels': {
      const { rgba, rowPixels } = step;
      return context.putImageData(new ImageData(rgba, rowPixels), x, y, 0, 0, width, height);
    }
    case 'copy':
      return context.drawImage(context.canvas, step.fromX, step.fromY, width, height, x, y, width, height);
    case 'image': {
      const size = sizeOf(step.image);
      const [shownWidth, shownHeight] = [Math.min(width, size.width), Math.min(height, size.height)];
      return context.drawImage(step.image, 0, 0, shownWidth, shownHeight, x, y, shownWidth, shownHeight);
    }
  }
}

function sizeOf(image: VideoFrame | ImageBitmap): { width: number; height: number } {
  return 'displayWidth' in image ? { width: image.displayWidth, height: image.displayHeight } : image;
}

/** The smallest rectangle around all steps; of no size when there are none. */
export function boundsOf(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return rects.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x, y, width: right - x, height: bottom - y };
}
