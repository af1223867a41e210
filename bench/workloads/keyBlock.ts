import { argv } from 'node:process';
import { Canvas } from './canvas.ts';
import { clearWindow, setBackground } from './requests.ts';

const KEY_PRESS = 2;
const KEY_PRESS_MASK = 1;
const COLOURS = [0xffffff, 0x000000];

/** The window that answers keys; `keyToPhoton` looks at its middle. */
export const KEY_BLOCK = { x: 320, y: 240, width: 640, height: 400 } as const;

/** A process of its own: `keyBlock.ts DISPLAY`. A window with the focus turns white or black, in turn, at each key press. */
async function main([display = '']: string[]): Promise<void> {
  const canvas = await Canvas.open(display);
  canvas.clear();
  const { client, root } = canvas.connection;
  const window = client.AllocID();
  const { x, y, width, height } = KEY_BLOCK;
  const values = { eventMask: KEY_PRESS_MASK, overrideRedirect: true, backgroundPixel: 0x000000 };
  client.CreateWindow(window, root, x, y, width, height, 0, 0, 0, 0, values);
  client.MapWindow(window);
  client.SetInputFocus(window, 0);
  let presses = 0;
  canvas.connection.onEvent(({ type }) => {
    if (type !== KEY_PRESS) return;
    canvas.connection.sendRaw(setBackground(window, { pixel: COLOURS[presses % 2] ?? 0 }));
    canvas.connection.sendRaw(clearWindow(window));
    presses += 1;
  });
  await canvas.sync();
  process.once('SIGTERM', () => canvas.close());
  process.stdout.write('ready\n');
}

if (import.meta.main) await main(argv.slice(2));
