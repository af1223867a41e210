import { BACKGROUND } from './canvas.ts';
import type { Workload } from './workload.ts';

const SIZE = { width: 300, height: 200 };

/** A striped box of 300x200 that is painted along a diagonal, back and forth. */
export const box: Workload = {
  id: 'box',
  name: '300x200 box',
  prepare: async (canvas) => {
    canvas.clear();
  },
  step: (canvas, step) => {
    canvas.fill(BACKGROUND, { ...placeAt(step - 1), ...SIZE });
    const { x, y } = placeAt(step);
    canvas.fill(0xd07030, { x, y, ...SIZE });
    const stripes = Array.from({ length: 10 }, (_, index) => ({ x, y: y + index * 20, width: SIZE.width, height: 6 }));
    canvas.fill(0xf0e0c0, ...stripes);
    canvas.strip();
  },
};

/** Back and forth over a diagonal, 8 pixels a step. */
function placeAt(step: number): { x: number; y: number } {
  const along = Math.abs(((step * 8) % 2400) - 1200);
  return { x: 200 + along, y: 200 + Math.round(along / 2) };
}
