import { argv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Canvas } from './canvas.ts';
import { WORKLOADS } from './workloads.ts';

const STEP_MS = 1000 / 60;

/**
 * A process of its own, so that painting never waits for measuring: `paint.ts DISPLAY WORKLOAD`. Steps are due on a
 * fixed raster; a late one does not move those after it. Ends by SIGTERM.
 */
async function main([display = '', name = '']: string[]): Promise<void> {
  const workload = WORKLOADS.find((candidate) => candidate.name === name);
  if (!workload) throw new Error(`no workload named '${name}'`);
  const canvas = await Canvas.open(display);
  await workload.prepare(canvas);
  await canvas.sync();
  process.stdout.write('painting\n');
  const start = performance.now();
  for (let step = 0; ; step += 1) {
    workload.step(canvas, step);
    await sleep(Math.max(0, start + (step + 1) * STEP_MS - performance.now()));
  }
}

await main(argv.slice(2));
