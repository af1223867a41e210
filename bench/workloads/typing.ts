import { seeded } from '../../tests/support/x11/random.ts';
import type { Box } from './canvas.ts';
import type { Workload } from './workload.ts';

const AREA: Box = { x: 200, y: 200, width: 720, height: 390 };
const CELL = { width: 6, height: 13 };
const COLUMNS = AREA.width / CELL.width;
const ROWS = AREA.height / CELL.height;
/** The cursor is shown and hidden for this many steps of 1/60 s each. */
const BLINK = 32;
const TEXT = 'The quick brown fox jumps over the lazy dog; nobody knows why. ';

/** A person types about eight characters a second into a text area, a cursor blinks; the strip moves with every change. */
export const typing: Workload = {
  id: 'typing',
  name: 'typing',
  prepare: async (canvas) => {
    canvas.clear();
    canvas.fill(0x000000, AREA);
  },
  step: (canvas, step) => {
    const typed = typedBy(step);
    const isNew = typed !== typedBy(step - 1);
    if (!isNew && step % BLINK !== 0) return;
    if (isNew) write(canvas, typed - 1);
    canvas.fill(Math.floor(step / BLINK) % 2 === 0 ? 0xffffff : 0x000000, {
      ...cellOf(typed),
      width: 1,
      height: CELL.height,
    });
    canvas.strip();
  },
};

/** A character into its cell; the area is emptied when it is full. */
const write = (canvas: Parameters<Workload['step']>[0], index: number): void => {
  const { x, y } = cellOf(index);
  if (index > 0 && index % (COLUMNS * ROWS) === 0) canvas.fill(0x000000, AREA);
  canvas.text(x, y + CELL.height - 3, TEXT.charAt(index % TEXT.length));
};

function cellOf(index: number): { x: number; y: number } {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS) % ROWS];
  return { x: AREA.x + column * CELL.width, y: AREA.y + row * CELL.height };
}

/** In 64 steps 9 characters, at steps that look like nobody's raster. */
const DUE = (() => {
  const random = seeded(5);
  return Array.from({ length: 9 }, (_, index) => Math.floor(index * 7.1 + random() * 5));
})();

/** Characters typed up to and with this step. */
function typedBy(step: number): number {
  const round = Math.floor(step / 64);
  return round * DUE.length + DUE.filter((due) => due <= step - round * 64).length;
}
