import { join } from 'node:path';
import { Program } from '../../tests/support/program.ts';
import { type Painter, painter } from '../../tests/support/x11/painter.ts';
import { startXvfb } from '../../tests/support/x11/xvfb.ts';
import { ROOT } from '../lib/install.mjs';

const SIZE = { width: 1600, height: 1000 };

/** What stands on one display: a landscape in these colours, and terminals running commands. */
export interface Scene {
  name: string;
  /** From the sky at the top to the nearest hill (0xRRGGBB). */
  colours: [top: number, horizon: number, ...hills: number[]];
  /** Each in a window of its own, placed by X geometry in characters and pixels. */
  windows: Array<{ title: string; geometry: string; command: string }>;
}

/** A display with its scene. Close it after whoever shows it. */
export interface Stage extends AsyncDisposable {
  readonly display: string;
}

export const SCENES: readonly Scene[] = [
  {
    name: 'atelier',
    colours: [0x1b2a4a, 0xe8a06a, 0x7a5a72, 0x4d4163, 0x2c2b4c, 0x17192f],
    windows: [
      { title: 'frame.ts', geometry: '104x34+90+90', command: 'less -S packages/protocol/src/wire/frame.ts' },
      { title: 'vmstat', geometry: '84x14+700+640', command: 'vmstat 1' },
    ],
  },
  { name: 'living room', colours: [0x7fc4e8, 0xf4f1d8, 0x8fb98a, 0x5f9a6c, 0x3c7a58, 0x245a48], windows: [] },
  {
    name: 'workshop',
    colours: [0x20262c, 0x2d363e, 0x252c33, 0x1e242a],
    windows: [{ title: 'LICENSE', geometry: '100x44+300+80', command: 'less -S LICENSE' }],
  },
];

/** Brings up an X server and puts the scene on it. */
export async function setStage(scene: Scene): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const server = await startXvfb(SIZE);
  stack.defer(() => server.close());
  const env = { DISPLAY: server.display, LANG: 'C.UTF-8' };
  const picture = await painter(server.display);
  await paintLandscape(picture, scene.colours);
  stack.use(new Program('openbox', [], { env }));
  for (const { title, geometry, command } of scene.windows) {
    const look = ['-fa', 'DejaVu Sans Mono', '-fs', '11', '-bg', '#14171c', '-fg', '#d8dee6'];
    const args = ['-title', title, '-geometry', geometry, ...look, '-e', 'sh', '-c', `cd '${join(ROOT)}'; ${command}`];
    stack.use(new Program('xterm', args, { env }));
  }
  stack.defer(() => picture.close());
  return { display: server.display, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** A sky that fades to the horizon, and rows of hills before it. */
async function paintLandscape(picture: Painter, [top, horizon, ...hills]: Scene['colours']): Promise<void> {
  const { width, height } = SIZE;
  const sky = Array.from({ length: height / 2 }, (_, row) => ({
    ...{ x: 0, y: row * 2, width, height: 2 },
    color: mix(top, horizon, Math.min(1, row / (height * 0.3))),
  }));
  await picture.fill(...sky);
  for (const [index, color] of hills.entries()) {
    const columns = Array.from({ length: width / 2 }, (_, column) => {
      const y = ridge(column / (width / 2), index, hills.length) * height;
      return { x: column * 2, y: Math.round(y), width: 2, height, color };
    });
    await picture.fill(...columns);
  }
}

/** Height of a row of hills at `along` (0 to 1), as a share of the display from its top. */
function ridge(along: number, index: number, count: number): number {
  const base = 0.48 + (0.45 * index) / count;
  const wave = Math.sin(along * (5 + index * 2) + index * 2.1) + 0.4 * Math.sin(along * (17 + index * 5) + index);
  return base + wave * 0.05;
}

function mix(from: number, to: number, share: number): number {
  const part = (shift: number) => {
    const [a, b] = [(from >> shift) & 255, (to >> shift) & 255];
    return Math.round(a + (b - a) * share) << shift;
  };
  return part(16) | part(8) | part(0);
}
