import type { Box } from './canvas.ts';
import type { Workload } from './workload.ts';

const LINE = 13;
const AREA: Box = { x: 100, y: 100, width: 1000, height: LINE * 46 };

/** About 1000x600 of text that scrolls by one line a step, as a build log does. */
export const scroll: Workload = {
  name: '1000x600 text scroll',
  prepare: async (canvas) => {
    canvas.fill(0x203040, { x: 0, y: 0, width: canvas.width, height: canvas.height });
    canvas.fill(0x000000, AREA);
    for (let line = 1; line <= 46; line += 1) canvas.text(AREA.x, AREA.y + line * LINE - 3, lineOf(line));
  },
  step: (canvas, step) => {
    const { x, y, width, height } = AREA;
    canvas.copy({ x, y: y + LINE, width, height: height - LINE }, x, y);
    canvas.fill(0x000000, { x, y: y + height - LINE, width, height: LINE });
    canvas.text(x, y + height - 3, lineOf(step + 47));
    canvas.strip();
  },
};

/** A line of 40 to 160 characters; the same number gives the same line. */
function lineOf(number: number): string {
  let state = number * 2_654_435_761;
  const next = (range: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % range;
  };
  const words = Array.from({ length: 6 + next(14) }, () => (next(0xffffff) + 0x1000).toString(36 - next(20)));
  return `[${String(number).padStart(6, '0')}] ${words.join(' ')}`.slice(0, 160);
}
