import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry } from 'x11';
import { eventually } from '../../tests/support/eventually.ts';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import type { Box, Canvas } from './canvas.ts';
import { childrenOf, placeWindow, queryTree } from './requests.ts';
import { Wheel } from './wheel.ts';
import type { Workload } from './workload.ts';

/** Below the strip. */
const AREA: Box = { x: 100, y: 60, width: 1600, height: 960 };

export interface RealProgram {
  id: string;
  name: string;
  file: string;
  /** What it shows. */
  document: { name: string; content: string };
  /** `document` is a path, `home` an empty folder. */
  args(place: { document: string; home: string; area: Box }): string[];
}

/** A workload: a program that people use shows a long document, and its wheel is turned. */
export function realProgram({ id, name, file, document, args }: RealProgram): Workload {
  let wheel: Wheel | undefined;
  return {
    id,
    name,
    prepare: async (canvas) => {
      canvas.clear();
      const stack = new AsyncDisposableStack();
      const home = stack.use(new TempDir()).path;
      const path = join(home, document.name);
      writeFileSync(path, document.content);
      const env = { DISPLAY: canvas.display, HOME: home, XDG_CONFIG_HOME: home, NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' };
      const known = new Set(await windows(canvas));
      stack.use(new Program(file, args({ document: path, home, area: AREA }), { env }));
      const window = await eventually(`${name} shows a window`, () => newWindow(canvas, known), 30_000);
      canvas.connection.sendRaw(placeWindow(window, AREA));
      wheel = await Wheel.over(canvas, AREA.x + AREA.width / 2, AREA.y + AREA.height / 2);
      return stack;
    },
    step: (canvas, step) => {
      wheel?.step(step);
      canvas.strip();
    },
  };
}

function windows({ connection }: Canvas): Promise<number[]> {
  return connection.askRaw(queryTree(connection.root), childrenOf);
}

/** Programs have small hidden windows too. */
async function newWindow(canvas: Canvas, known: Set<number>): Promise<number | undefined> {
  const { connection } = canvas;
  for (const window of await windows(canvas)) {
    if (known.has(window)) continue;
    const { width, height } = await connection.ask<Geometry>((reply) => connection.client.GetGeometry(window, reply));
    if (width >= 300 && height >= 200) return window;
  }
  return undefined;
}
