import type { Workload } from './workload.ts';

/** The clock strip alone: the smallest change there is. */
export const strip: Workload = {
  name: 'strip alone',
  prepare: async (canvas) => {
    canvas.fill(0x203040, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  },
  step: (canvas) => canvas.strip(),
};
