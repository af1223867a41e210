import type { Canvas } from './canvas.ts';
import { moveWindow, setBackground } from './requests.ts';
import { lineOf } from './text.ts';
import type { Workload } from './workload.ts';

const SIZE = { width: 800, height: 500 };
const TITLE = 26;

let window = 0;

/** A window full of text dragged about over the empty display by its title bar. */
export const drag: Workload = {
  id: 'drag',
  name: 'window drag',
  prepare: async (canvas) => {
    canvas.clear();
    window = await openWindow(canvas);
    return undefined;
  },
  step: (canvas, step) => {
    const angle = (step / 150) * 2 * Math.PI;
    const x = Math.round(500 + 400 * Math.sin(angle));
    const y = Math.round(280 + 220 * Math.sin(angle * 2 + 1));
    canvas.connection.sendRaw(moveWindow(window, x, y));
    canvas.strip();
  },
};

/** Its content is its background: the server moves it alone, as a compositor would. It ends with the canvas. */
async function openWindow(canvas: Canvas): Promise<number> {
  const { client, root, screen } = canvas.connection;
  const { width, height } = SIZE;
  const [pixmap, id] = [client.AllocID(), client.AllocID()];
  client.CreatePixmap(pixmap, root, screen.root_depth, width, height);
  for (const [colour, ...box] of [
    [0x101418, 0, 0, width, height],
    [0x4466aa, 0, 0, width, TITLE],
    [0xcc4444, width - TITLE, 4, 18, 18],
  ] as const) {
    client.ChangeGC(canvas.context, { foreground: colour });
    client.PolyFillRectangle(pixmap, canvas.context, [...box]);
  }
  for (let row = 0; row < 35; row += 1) canvas.text(8, TITLE + 16 + row * 13, lineOf(row).slice(0, 130), pixmap);
  client.CreateWindow(id, root, 500, 280, width, height, 0, 0, 0, 0, { overrideRedirect: true });
  canvas.connection.sendRaw(setBackground(id, { pixmap }));
  client.MapWindow(id);
  await canvas.sync();
  return id;
}
