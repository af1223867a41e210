import type { Box } from './canvas.ts';
import type { Workload } from './workload.ts';

const AREA: Box = { x: 0, y: 0, width: 800, height: 450 };
const COLOURS = [0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x101010];
const BAR = AREA.width / COLOURS.length;
const SPEED = 10;

/** Colour bars of 800x450 that move sideways, as an animation or a plain game does. The strip lies on them. */
export const bars: Workload = {
  id: 'bars',
  name: '800x450 bars',
  quality: { period: AREA.width / SPEED, area: { ...AREA, y: 64, height: AREA.height - 64 } },
  prepare: async (canvas) => {
    canvas.clear();
  },
  step: (canvas, step) => {
    const shift = (step * SPEED) % AREA.width;
    for (const [index, colour] of COLOURS.entries()) {
      const x = (index * BAR + shift) % AREA.width;
      const wide = Math.min(BAR, AREA.width - x);
      const wrapped = { ...AREA, width: BAR - wide };
      canvas.fill(colour, { ...AREA, x, width: wide }, ...(wrapped.width > 0 ? [wrapped] : []));
    }
    canvas.strip();
    canvas.frame(step);
  },
};
