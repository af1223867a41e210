import { errorText } from '../../scripts/lib/errorText.ts';
import type { Contestant } from '../contestants/contestant.ts';
import { type LinkKind, link5, link20, loopback } from '../links/links.ts';
import { keyToPhoton, startKeyBlock } from '../measure/keyToPhoton.ts';
import { medianOf, percentile } from '../measure/statistics.ts';
import type { Bench, Figures, Row, Suite } from './suite.ts';

/** From a key pressed in the viewer's browser to the pixel that a program on the display changes for it. */
export const keys: Suite = {
  name: 'keys',
  title: 'From key press to changed pixel (ms)',
  async run(bench) {
    const rows = new Map<string, { labels: string[]; runs: Figures[] }>();
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const link of bench.choose('links', [loopback, link20, link5])) {
        for (const contestant of bench.contestants) {
          bench.say(`keys: round ${round} of ${bench.rounds}, ${link.name}, ${contestant.name}`);
          const labels = [link.name, contestant.name];
          const row = rows.get(String(labels)) ?? { labels, runs: [] };
          rows.set(String(labels), row);
          row.runs.push(...(await measure(bench, link, contestant)));
        }
      }
    }
    return [...rows.values()].map(({ labels, runs }): Row => ({ labels, figures: medianOf(runs) }));
  },
};

/** None when the contestant failed. */
async function measure({ browser, display, say }: Bench, link: LinkKind, contestant: Contestant): Promise<Figures[]> {
  try {
    await using serving = await contestant.start(display, link.open);
    const page = await serving.view(browser);
    await serving.takeControl(page);
    await using _block = await startKeyBlock(display);
    const { delays, missed } = await keyToPhoton(page, contestant.selector);
    await page.context().close();
    const [p50, p95, p99] = [percentile(delays, 0.5), percentile(delays, 0.95), percentile(delays, 0.99)];
    return [{ p50, p95, p99, missed }];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}
