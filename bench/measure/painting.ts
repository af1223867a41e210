import { fileURLToPath } from 'node:url';
import { Program } from '../../tests/support/program.ts';
import type { Workload } from '../workloads/workload.ts';

const PAINT = fileURLToPath(new URL('../workloads/paint.ts', import.meta.url));

/** Paints a workload on a display in a process of its own, from now until it is disposed of. */
export async function startPainting(display: string, workload: Workload): Promise<AsyncDisposable> {
  const painter = new Program(process.execPath, [PAINT, display, workload.name]);
  await painter.printed(/^painting$/m);
  return painter;
}
