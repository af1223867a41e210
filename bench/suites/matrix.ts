import { errorText } from '../../scripts/lib/errorText.ts';
import type { Contestant } from '../contestants/contestant.ts';
import type { LinkKind } from '../links/links.ts';
import { medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import type { Stand } from '../measure/trial.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Bench, Figures, Row } from './suite.ts';

/** What is measured for each link, workload and contestant. */
export interface Matrix {
  /** Said while it runs. */
  name: string;
  links: readonly LinkKind[];
  workloads: readonly Workload[];
  measure(stand: Stand, reader: StripReader, workload: Workload): Promise<Figures>;
}

/** Contestants take turns, each started afresh for a link and round, and go through all workloads. Medians of the rounds. */
export async function runMatrix(bench: Bench, matrix: Matrix): Promise<Row[]> {
  const chosen = {
    ...matrix,
    links: bench.choose('links', matrix.links),
    workloads: bench.choose('workloads', matrix.workloads),
  };
  const runs = new Map<string, Figures[]>();
  for (let round = 1; round <= bench.rounds; round += 1) {
    for (const link of chosen.links) {
      for (const contestant of bench.contestants) {
        const say = (text: string) =>
          bench.say(`${matrix.name}: round ${round} of ${bench.rounds}, ${link.name}, ${contestant.name}: ${text}`);
        const keep = ({ id }: Workload, figures: Figures) => {
          const key = keyOf(link, id, contestant);
          runs.set(key, [...(runs.get(key) ?? []), figures]);
        };
        await takeTurn({ ...bench, say }, chosen, { link, contestant, keep });
      }
    }
  }
  return rowsOf(bench, chosen, runs);
}

interface Turn {
  link: LinkKind;
  contestant: Contestant;
  keep(workload: Workload, figures: Figures): void;
}

/** A contestant that fails loses this turn, not everybody's. */
async function takeTurn(bench: Bench, matrix: Matrix, { link, contestant, keep }: Turn): Promise<void> {
  const { display, browser } = bench;
  try {
    await using serving = await contestant.start(display, link.open);
    const page = await serving.view(browser);
    const { selector } = contestant;
    const reader = await StripReader.install(page, selector);
    const stand = { display, serving, page, selector, patienceMs: link.patienceMs };
    for (const workload of matrix.workloads) {
      bench.say(workload.name);
      keep(workload, await matrix.measure(stand, reader, workload));
    }
    await page.context().close();
  } catch (error) {
    bench.say(`failed: ${errorText(error)}`);
  }
}

function rowsOf({ contestants }: Bench, { links, workloads }: Matrix, runs: Map<string, Figures[]>): Row[] {
  return links.flatMap((link) =>
    workloads.flatMap((workload) =>
      contestants.map((contestant) => {
        const all = Object.entries(medianOf(runs.get(keyOf(link, workload.id, contestant)) ?? []));
        const isDetail = ([name]: [string, number]) => name.startsWith('(');
        return {
          labels: [...(links.length > 1 ? [link.name] : []), workload.name, contestant.name],
          figures: Object.fromEntries(all.filter((figure) => !isDetail(figure))),
          details: Object.fromEntries(all.filter(isDetail)),
        };
      }),
    ),
  );
}

function keyOf(link: LinkKind, workload: string, contestant: Contestant): string {
  return [link.id, workload, contestant.id].join('|');
}
