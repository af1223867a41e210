import { Coder, type Rect } from '@porthole/protocol';
import type { CoderName } from './render/latency.ts';

/** Hues of the coders, as far apart as seven can be; the list in the panel shows the same. */
export const CODER_COLOURS: Readonly<Record<CoderName, string>> = {
  solid: '#8b8b95',
  palette: '#2f9e5b',
  rgb: '#2f6fe0',
  copy: '#12a3b4',
  jpeg: '#e07b1a',
  webp: '#9b4fd6',
  video: '#d83a4a',
};

const COLOURS = new Map<Coder, string>(
  Object.entries(Coder).map(([name, coder]) => [coder, CODER_COLOURS[name as CoderName]]),
);
/** How long an area stays coloured, in ms. */
const SHOWN_MS = 1_000;
/** Areas shown at once; the oldest make room. */
const MAX_MARKS = 4_096;

interface Mark extends Rect {
  coder: Coder;
  at: number;
}

/** Colours every painted area by its coder for a second, on a canvas of its own above the picture. */
export class CoderOverlay {
  readonly #canvas: HTMLCanvasElement;
  #marks: Mark[] = [];
  #frame = 0;

  /** Lies above `picture`, in the same place. */
  constructor(picture: HTMLCanvasElement) {
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#canvas.style.pointerEvents = 'none';
    this.#canvas.dataset.testid = 'coders';
    this.resize(picture);
    picture.after(this.#canvas);
  }

  resize({ width, height }: { width: number; height: number }): void {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }

  /** These areas were just painted; they are in pixels of a picture shrunk by that factor. */
  mark(areas: readonly (Rect & { coder: Coder })[], shrink: number): void {
    const at = performance.now();
    for (const { x, y, width, height, coder } of areas.slice(-MAX_MARKS)) {
      this.#marks.push({ x: x * shrink, y: y * shrink, width: width * shrink, height: height * shrink, coder, at });
    }
    if (this.#marks.length > MAX_MARKS) this.#marks = this.#marks.slice(-MAX_MARKS);
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Takes the canvas away. Idempotent. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#marks = [];
    this.#canvas.remove();
  }

  #draw(): void {
    const now = performance.now();
    this.#marks = this.#marks.filter(({ at }) => now - at < SHOWN_MS);
    const context = this.#canvas.getContext('2d');
    context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const { x, y, width, height, coder, at } of this.#marks) {
      if (!context) break;
      context.globalAlpha = 0.45 * (1 - (now - at) / SHOWN_MS);
      context.fillStyle = COLOURS.get(coder) ?? '';
      context.fillRect(x, y, width, height);
    }
    this.#frame = this.#marks.length > 0 ? requestAnimationFrame(() => this.#draw()) : 0;
  }
}
