import type { Canvas } from './canvas.ts';

/** Something that happens on a display, again and again, with the clock strip at the top left. */
export interface Workload {
  name: string;
  /** Paints what stays. */
  prepare(canvas: Canvas): Promise<void>;
  /** Paints what changes in step `step` (0, 1, 2 …), 60 times a second; nothing may be waited for. */
  step(canvas: Canvas, step: number): void;
}
