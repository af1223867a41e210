import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant, Serving } from '../contestants/contestant.ts';
import { CONTESTANTS } from '../contestants/contestants.ts';
import { openDirectLink } from '../links/direct.ts';
import { totalCpuSeconds } from '../measure/cpu.ts';
import { startPainting } from '../measure/painting.ts';
import { medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import type { Workload } from '../workloads/workload.ts';
import { WORKLOADS } from '../workloads/workloads.ts';
import type { Bench, Row, Suite } from './suite.ts';

const SETTLE_MS = 2_000;
const MEASURE_MS = 6_000;

type Figures = Row['figures'];

/** Glass to glass: from painting on the display to the viewer's canvas, contestants taking turns. */
export const screen: Suite = {
  name: 'screen',
  title: 'Screen, 1920x1080, painted at 60 Hz (latency in ms, CPU in seconds per 6 s of the serving side)',
  async run(bench) {
    const runs = new Map<string, Figures[]>();
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const contestant of CONTESTANTS) {
        bench.say(`screen: round ${round} of ${bench.rounds}, ${contestant.name}`);
        for (const [workload, figures] of await measureAll(bench, contestant)) {
          const key = `${workload}|${contestant.name}`;
          runs.set(key, [...(runs.get(key) ?? []), figures]);
        }
      }
    }
    const keys = WORKLOADS.flatMap((workload) => CONTESTANTS.map((contestant) => [workload.name, contestant.name]));
    return keys.map((labels) => ({ labels, figures: medianOf(runs.get(labels.join('|')) ?? []) }));
  },
};

/** One contestant, started afresh, through all workloads. */
async function measureAll(bench: Bench, contestant: Contestant): Promise<Array<[workload: string, Figures]>> {
  await using serving = await contestant.start(bench.display, openDirectLink);
  const page = await serving.view(bench.browser);
  const reader = await StripReader.install(page, contestant.selector);
  const results: Array<[string, Figures]> = [];
  for (const workload of WORKLOADS) results.push([workload.name, await measure(bench, { serving, reader, workload })]);
  await page.context().close();
  return results;
}

interface Trial {
  serving: Serving;
  reader: StripReader;
  workload: Workload;
}

async function measure({ display }: Bench, { serving, reader, workload }: Trial): Promise<Figures> {
  await using _painting = await startPainting(display, workload);
  await sleep(SETTLE_MS);
  const [bytes, cpu] = [serving.bytesOut, totalCpuSeconds(serving.processes)];
  const { p50, p95, fps } = await reader.during(() => sleep(MEASURE_MS));
  return {
    p50,
    p95,
    fps,
    'kB/s': (serving.bytesOut - bytes) / MEASURE_MS,
    'CPU s': totalCpuSeconds(serving.processes) - cpu,
  };
}
