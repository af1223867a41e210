import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from '../contestants/contestant.ts';
import { CONTESTANTS } from '../contestants/contestants.ts';
import { openDirectLink } from '../links/direct.ts';
import { cpuSeconds } from '../measure/cpu.ts';
import { medianOf } from '../measure/statistics.ts';
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
      for (const contestant of CONTESTANTS) {
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
  await using serving = await contestant.start(display, openDirectLink);
  const page = await serving.view(browser);
  await sleep(SETTLE_MS);
  const [bytes, before] = [serving.bytesOut, cpuSeconds(serving.processes)];
  await sleep(MEASURE_MS);
  const after = cpuSeconds(serving.processes);
  await page.context().close();
  const share = (name: string) => (((after[name] ?? 0) - (before[name] ?? 0)) / MEASURE_MS) * 1000 * 100;
  return {
    'kB/s': (serving.bytesOut - bytes) / MEASURE_MS,
    ...Object.fromEntries(Object.keys(after).map((name) => [`CPU % ${name}`, share(name)])),
  };
}
