import { errorText } from '../../scripts/lib/errorText.ts';
import { farLink } from '../links/links.ts';
import { keyToEcho } from '../measure/keyToEcho.ts';
import { medianOf, percentile } from '../measure/statistics.ts';
import type { TerminalKind } from '../terminals/terminalKind.ts';
import { TERMINAL_KINDS } from '../terminals/terminalKinds.ts';
import type { Bench, Figures, Row, Suite } from './suite.ts';

/** From a key pressed at the prompt of a shell far away to the frame that shows its letter, and to the one that shows it confirmed. */
export const terminalFar: Suite = {
  name: 'terminal-far',
  title: `Command line over ${farLink.name}: from key press to shown letter (ms)`,
  async run(bench) {
    const rows: Row[] = [];
    for (const kind of TERMINAL_KINDS) {
      const runs: Figures[] = [];
      for (let round = 1; round <= bench.rounds; round += 1) {
        bench.say(`terminal-far: round ${round} of ${bench.rounds}, ${kind.name}`);
        runs.push(...(await measure(bench, kind)));
      }
      rows.push({ labels: [kind.name], figures: medianOf(runs) });
    }
    return rows;
  },
};

/** None when it failed. */
async function measure({ browser, say }: Bench, kind: TerminalKind): Promise<Figures[]> {
  try {
    await using serving = await kind.start(farLink.open);
    const page = await serving.open(browser);
    const confirmed = await keyToEcho(page, serving.lines);
    const shown = await keyToEcho(page, serving.shown);
    await page.context().close();
    return [
      {
        'p50 shown': percentile(shown.delays, 0.5),
        'p95 shown': percentile(shown.delays, 0.95),
        'p50 confirmed': percentile(confirmed.delays, 0.5),
        'p95 confirmed': percentile(confirmed.delays, 0.95),
        missed: shown.missed + confirmed.missed,
      },
    ];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}
