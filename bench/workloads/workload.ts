import type { Box, Canvas } from './canvas.ts';

/** Something that happens on a display, again and again, with the clock strip at the top left. */
export interface Workload {
  /** As chosen on the command line. */
  id: string;
  name: string;
  /** Steps a second; 60 when left out. */
  rate?: number;
  /** Given where the quality of the picture can be measured: pictures come round after `period` steps. */
  quality?: { period: number; area: Box };
  /** Paints what stays, or starts programs that show it; they are ended by what is returned. */
  prepare(canvas: Canvas): Promise<AsyncDisposable | undefined>;
  /** Paints what changes in step `step` (0, 1, 2 …) and the strip; nothing may be waited for. */
  step(canvas: Canvas, step: number): void;
}
