import type { Box } from './canvas.ts';
import { lineOf } from './text.ts';
import type { Workload } from './workload.ts';

const LINE = 13;
const ROWS = 46;
const AREA: Box = { x: 100, y: 100, width: 1000, height: LINE * ROWS };
/** Lines repeat after this many. */
const PERIOD = 64;

/** About 1000x600 of text that scrolls by one line a step, as a build log does. */
export const scroll: Workload = {
  id: 'scroll',
  name: '1000x600 text scroll',
  quality: { period: PERIOD, area: AREA },
  prepare: async (canvas) => {
    canvas.clear();
    canvas.fill(0x000000, AREA);
    for (let row = 0; row < ROWS; row += 1) canvas.text(AREA.x, AREA.y + (row + 1) * LINE - 3, lineOf(row));
  },
  step: (canvas, step) => {
    const { x, y, width, height } = AREA;
    canvas.copy({ x, y: y + LINE, width, height: height - LINE }, x, y);
    canvas.fill(0x000000, { x, y: y + height - LINE, width, height: LINE });
    canvas.text(x, y + height - 3, lineOf((step + ROWS) % PERIOD));
    canvas.strip();
    canvas.frame(step);
  },
};
