import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '../../scripts/lib/errorText.ts';
import type { Contestant } from '../contestants/contestant.ts';
import { type Shape, steady } from '../links/shape.ts';
import { openShapedLink, type ShapedLink } from '../links/shaped.ts';
import { startPainting } from '../measure/painting.ts';
import { type Phase, recoveryOf, summarize } from '../measure/recovery.ts';
import { medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import { wallClock } from '../strip.ts';
import { film } from '../workloads/film.ts';
import { scroll } from '../workloads/scroll.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Bench, Figures, Suite } from './suite.ts';

const SETTLE_MS = 3_000;
const fast = steady(100, 5);
const poor = steady(2, 20);
const shaky: Shape = { ...steady(100, 5), jitterMs: 200 };

/** What the line does, one after the other. */
const SCRIPT: ReadonlyArray<{ name: string; shape: Shape; ms: number }> = [
  { name: '100 Mbit/s', shape: fast, ms: 4_000 },
  { name: '2 Mbit/s', shape: poor, ms: 6_000 },
  { name: '100 again', shape: fast, ms: 4_000 },
  { name: 'jitter', shape: shaky, ms: 1_500 },
  { name: 'steady again', shape: fast, ms: 3_000 },
];

/** A line that turns from good to poor and back, and shakes, in the middle of motion. */
export const change: Suite = {
  name: 'change',
  title: 'A link that changes: 100 to 2 to 100 Mbit/s, then jitter of 200 ms (ms, by phase)',
  async run(bench) {
    const rows = new Map<string, { labels: string[]; runs: Figures[] }>();
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const workload of bench.choose('workloads', [scroll, film])) {
        for (const contestant of bench.contestants) {
          bench.say(`change: round ${round} of ${bench.rounds}, ${workload.name}, ${contestant.name}`);
          for (const { name, figures } of await measure(bench, contestant, workload)) {
            const labels = [workload.name, contestant.name, name];
            const row = rows.get(String(labels)) ?? { labels, runs: [] };
            rows.set(String(labels), row);
            row.runs.push(figures);
          }
        }
      }
    }
    return [...rows.values()].map(({ labels, runs }) => ({ labels, figures: medianOf(runs) }));
  },
};

interface Result {
  name: string;
  figures: Figures;
}

/** Nothing when the contestant failed. */
async function measure(
  { browser, display, say }: Bench,
  contestant: Contestant,
  workload: Workload,
): Promise<Result[]> {
  const links: ShapedLink[] = [];
  const open = async (port: number) => {
    const link = await openShapedLink(port, fast);
    links.push(link);
    return link;
  };
  try {
    await using serving = await contestant.start(display, open);
    const page = await serving.view(browser);
    const reader = await StripReader.install(page, contestant.selector);
    await using _painting = await startPainting(display, workload);
    await sleep(SETTLE_MS);
    const phases: Phase[] = [];
    const seen = await reader.during(() => play(links, phases));
    await page.context().close();
    const usual = summarize(seen.sights, phases[0] ?? { name: '', from: 0, to: 0 }).p50;
    return phases.map((phase) => ({
      name: phase.name,
      figures: { ...summarize(seen.sights, phase), 'level after': recoveryOf(seen.sights, phase, usual) },
    }));
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}

/** Lets the script run, and notes when each phase was. */
async function play(links: ShapedLink[], phases: Phase[]): Promise<void> {
  for (const { name, shape, ms } of SCRIPT) {
    for (const link of links) await link.reshape(shape);
    const from = wallClock();
    await sleep(ms);
    phases.push({ name, from, to: wallClock() });
  }
}
