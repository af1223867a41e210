import { probesOf } from '../measure/probes.ts';
import type { Canvas } from './canvas.ts';
import type { Workload } from './workload.ts';

/**
 * Paints one period of the workload slowly and reads what the display then shows at the probes: for each step, for each
 * probe, rows of B, G, R, X bytes. This is what viewers should see at that step.
 */
export async function rehearse(canvas: Canvas, { quality, step }: Workload): Promise<Buffer> {
  if (!quality) return Buffer.alloc(0);
  const probes = probesOf(quality.area);
  const pictures: Uint8Array[] = [];
  for (let index = 0; index < quality.period; index += 1) {
    step(canvas, index);
    pictures.push(...(await Promise.all(probes.map((probe) => canvas.read(probe)))));
  }
  return Buffer.concat(pictures);
}
