import type { Box } from '../workloads/canvas.ts';

/** Side of a probe, in pixels. */
export const PROBE = 64;
const PER_SIDE = 4;
/** Probes of one picture. */
export const PROBES = PER_SIDE * PER_SIDE;

/** Squares in a grid over the area, at whose places pictures are compared with their source. */
export function probesOf({ x, y, width, height }: Box): Box[] {
  const place = (index: number, from: number, room: number) =>
    from + Math.round(((room - PROBE) * (index + 0.5)) / PER_SIDE);
  return Array.from({ length: PROBES }, (_, index) => ({
    x: place(index % PER_SIDE, x, width),
    y: place(Math.floor(index / PER_SIDE), y, height),
    width: PROBE,
    height: PROBE,
  }));
}
