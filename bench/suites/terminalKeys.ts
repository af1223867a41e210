import { errorText } from '../../scripts/lib/errorText.ts';
import { type LinkKind, link5, loopback } from '../links/links.ts';
import { keyToEcho } from '../measure/keyToEcho.ts';
import { medianOf, percentile } from '../measure/statistics.ts';
import type { TerminalKind } from '../terminals/terminalKind.ts';
import { TERMINAL_KINDS } from '../terminals/terminalKinds.ts';
import type { Bench, Figures, Row, Suite } from './suite.ts';

/**
 * From a key pressed at the prompt of a shell to the frame that draws its letter, and to the one by which the shell has
 * confirmed it: the same thing where nothing is drawn before.
 */
export const terminalKeys: Suite = {
  name: 'terminal-keys',
  title: 'Command line: from key press to drawn letter (ms)',
  async run(bench) {
    const rows: Row[] = [];
    for (const link of bench.choose('links', [loopback, link5])) {
      const runs = new Map<TerminalKind, Figures[]>(TERMINAL_KINDS.map((kind) => [kind, []]));
      for (let round = 1; round <= bench.rounds; round += 1) {
        for (const [kind, figures] of runs) {
          bench.say(`terminal-keys: round ${round} of ${bench.rounds}, ${link.name}, ${kind.name}`);
          figures.push(...(await measure(bench, link, kind)));
        }
      }
      rows.push(
        ...[...runs].map(([kind, figures]) => ({ labels: [link.name, kind.name], figures: medianOf(figures) })),
      );
    }
    return rows;
  },
};

/** None when it failed. */
async function measure({ browser, say }: Bench, link: LinkKind, kind: TerminalKind): Promise<Figures[]> {
  try {
    await using serving = await kind.start(link.open);
    const page = await serving.open(browser);
    const { delays, missed } = await keyToEcho(page, serving.shown);
    const confirmed = await keyToEcho(page, serving.lines);
    await page.context().close();
    return [
      {
        p50: percentile(delays, 0.5),
        p95: percentile(delays, 0.95),
        p99: percentile(delays, 0.99),
        missed,
        'confirmed p50': percentile(confirmed.delays, 0.5),
        'confirmed p95': percentile(confirmed.delays, 0.95),
      },
    ];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}
