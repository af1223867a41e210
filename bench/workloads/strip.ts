import type { Workload } from './workload.ts';

/** The clock strip alone: the smallest change there is. */
export const strip: Workload = {
  id: 'strip',
  name: 'strip alone',
  prepare: async (canvas) => {
    canvas.clear();
  },
  step: (canvas) => canvas.strip(),
};
