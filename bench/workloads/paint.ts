import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { wallClock } from '../strip.ts';
import { Canvas } from './canvas.ts';
import { rehearse } from './rehearsal.ts';
import { WORKLOADS } from './workloads.ts';

const RATE = 60;

/**
 * A process of its own, so that painting never waits for measuring: `paint.ts DISPLAY WORKLOAD [REFERENCE]`. Steps are due
 * on a fixed raster; a late one does not move those after it. Into the file REFERENCE goes what the display shows at each
 * step. SIGUSR2 ends the painting and leaves the picture; SIGTERM ends everything.
 */
async function main([display = '', id = '', reference]: string[]): Promise<void> {
  const workload = WORKLOADS.find((candidate) => candidate.id === id);
  if (!workload) throw new Error(`no workload '${id}'`);
  const signals = watchSignals();
  const canvas = await Canvas.open(display);
  canvas.parkPointer();
  await using _opened = await workload.prepare(canvas);
  await canvas.sync();
  let step = 0;
  if (reference !== undefined && workload.quality) {
    writeFileSync(reference, await rehearse(canvas, workload));
    step = workload.quality.period;
  }
  process.stdout.write('painting\n');
  const stepMs = 1000 / (workload.rate ?? RATE);
  const start = performance.now() - step * stepMs;
  for (; !signals.rest.aborted; step += 1) {
    workload.step(canvas, step);
    await sleep(Math.max(0, start + (step + 1) * stepMs - performance.now()));
  }
  canvas.parkPointer();
  await canvas.sync();
  process.stdout.write(`rested ${wallClock()}\n`);
  await signals.ended;
  canvas.close();
}

/** `rest`: no more painting. `ended`: no more at all. */
function watchSignals(): { rest: AbortSignal; ended: Promise<void> } {
  const rest = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // Signals alone do not keep a process alive.
  const alive = setInterval(() => undefined, 60_000);
  process.once('SIGUSR2', () => rest.abort());
  process.once('SIGTERM', () => {
    clearInterval(alive);
    rest.abort();
    resolve();
  });
  return { rest: rest.signal, ended };
}

await main(argv.slice(2));
