import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Serving } from '../contestants/contestant.ts';
import type { Workload } from '../workloads/workload.ts';
import { cpuBetween, cpuSeconds, totalOf } from './cpu.ts';
import { timeUntilExact } from './exactness.ts';
import { type Painting, startPainting } from './painting.ts';
import { readQuality } from './qualityReader.ts';
import type { StripReader } from './stripReader.ts';

const SETTLE_MS = 2_000;
/** Programs that compile themselves while they run cost more in their first seconds; a desktop is watched for longer. */
const WARM_MS = 10_000;
const MEASURE_MS = 6_000;

/** One contestant with one viewer. */
export interface Stand {
  display: string;
  serving: Serving;
  page: Page;
  /** Where the picture is in the page. */
  selector: string;
  /** How long to wait for an exact picture, ms. */
  patienceMs: number;
}

type Figures = Record<string, number>;

/** All figures of a workload at a stand: latency, rate, bytes, CPU, picture, and the time until exact afterwards. */
export async function measureTrial(stand: Stand, reader: StripReader, workload: Workload): Promise<Figures> {
  await using painting = await startPainting(stand.display, workload);
  await sleep(WARM_MS);
  const flow = await measureFlow(stand, reader);
  const quality = await measureQuality(stand, painting, workload);
  return { ...flow, ...quality, ...(await exactAfter(stand, painting)) };
}

/** Only the time until exact, after a short while of painting. */
export async function measureExact(stand: Stand, workload: Workload): Promise<Figures> {
  await using painting = await startPainting(stand.display, workload);
  await sleep(SETTLE_MS);
  return await exactAfter(stand, painting);
}

/** Latency, rate, bytes and CPU of what goes on now. Names in parentheses are details by process. */
export async function measureFlow({ serving }: Stand, reader: StripReader): Promise<Figures> {
  const [bytes, before] = [serving.bytesOut, cpuSeconds(serving.processes)];
  const { p50, p95, p99, fps } = await reader.during(() => sleep(MEASURE_MS));
  const used = cpuBetween(before, cpuSeconds(serving.processes));
  const frames = (fps * MEASURE_MS) / 1000;
  const details = Object.entries(used).map(([name, seconds]) => [`(${name}) CPU ms/frame`, (seconds * 1000) / frames]);
  return {
    p50,
    p95,
    p99,
    fps,
    'kB/s': (serving.bytesOut - bytes) / MEASURE_MS,
    'CPU ms/frame': (totalOf(used) * 1000) / frames,
    'CPU %': (totalOf(used) / MEASURE_MS) * 1000 * 100,
    ...Object.fromEntries(details),
  };
}

async function measureQuality(stand: Stand, { reference }: Painting, { quality }: Workload): Promise<Figures> {
  if (!reference || !quality) return { 'PSNR dB': Number.NaN, SSIM: Number.NaN };
  const { psnr, ssim } = await readQuality(stand.page, { selector: stand.selector, area: quality.area, reference });
  return { 'PSNR dB': psnr, SSIM: ssim };
}

async function exactAfter({ page, selector, display, patienceMs }: Stand, painting: Painting): Promise<Figures> {
  const since = await painting.rest();
  const { exactMs, wrongBands } = await timeUntilExact(page, { selector, display, patienceMs, since });
  return { 'exact ms': exactMs, '(bands of 40 rows wrong in the end)': wrongBands };
}
