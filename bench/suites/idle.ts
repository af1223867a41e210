import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from '../contestants/contestant.ts';
import { openDirectLink } from '../links/direct.ts';
import { cpuBetween, cpuSeconds, totalOf } from '../measure/cpu.ts';
import { medianOf } from '../measure/statistics.ts';
import { paintBackground } from '../workloads/canvas.ts';
import type { Bench, Row, Suite } from './suite.ts';

const SETTLE_MS = 5_000;
const MEASURE_MS = 10_000;

/** A screen on which nothing happens, with one viewer looking at it. */
export const idle: Suite = {
  name: 'idle',
  title: 'Idle screen, one viewer (CPU in % of one core)',
  async run(bench) {
    const runs = new Map<Contestant, Array<Row['figures']>>();
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const contestant of bench.contestants) {
        bench.say(`idle: round ${round} of ${bench.rounds}, ${contestant.name}`);
        runs.set(contestant, [...(runs.get(contestant) ?? []), await measure(bench, contestant)]);
      }
    }
    return [...runs].flatMap(([{ name }, figures]) =>
      Object.entries(medianOf(figures)).map(([what, value]) => ({ labels: [name, what], figures: { value } })),
    );
  },
};

async function measure({ browser, display }: Bench, contestant: Contestant): Promise<Row['figures']> {
  await paintBackground(display);
  await using serving = await contestant.start(display, openDirectLink);
  const page = await serving.view(browser);
  await sleep(SETTLE_MS);
  const [bytes, before] = [serving.bytesOut, cpuSeconds(serving.processes)];
  await sleep(MEASURE_MS);
  const used = cpuBetween(before, cpuSeconds(serving.processes));
  await page.context().close();
  const share = (seconds: number) => (seconds / MEASURE_MS) * 1000 * 100;
  return {
    'bytes/s': ((serving.bytesOut - bytes) / MEASURE_MS) * 1000,
    'CPU %': share(totalOf(used)),
    ...Object.fromEntries(Object.entries(used).map(([name, seconds]) => [`CPU % ${name}`, share(seconds)])),
  };
}
