import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '../../scripts/lib/errorText.ts';
import type { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import { Transfers } from '../fileServers/transfers.ts';
import { Cable } from '../links/cable.ts';
import { openDirectLink } from '../links/direct.ts';
import { keyToEcho } from '../measure/keyToEcho.ts';
import { medianOf, percentile } from '../measure/statistics.ts';
import { openTerminal, PORTHOLE_LINES } from '../terminals/porthole.ts';
import type { Bench, Figures, Suite } from './suite.ts';

/** Until a transfer goes at its full speed. */
const RAMP_MS = 2_000;
const MBPS = 20;

/** The command line alone and beside a transfer of the same person over the same cable. */
export const terminalBeside: Suite = {
  name: 'terminal-beside',
  title: `Command line while a transfer runs at full speed, ${MBPS} Mbit/s: from key press to drawn letter (ms)`,
  async run(bench) {
    const runs: Figures[] = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      bench.say(`terminal-beside: round ${round} of ${bench.rounds}`);
      runs.push(...(await measure(bench)));
    }
    return [{ labels: ['Porthole'], figures: medianOf(runs) }];
  },
};

/** None when it failed. */
async function measure({ browser, say }: Bench): Promise<Figures[]> {
  try {
    using cable = Cable.lay(MBPS);
    await using serving = await PortholeServing.start('fake', openDirectLink, cable);
    const page = await openTerminal(serving, browser);
    using folder = new TempDir();
    using api = await serving.api();
    const transfers = await Transfers.prepare(serving, { api, page, folder: folder.path });
    const p95 = async () => percentile((await keyToEcho(page, PORTHOLE_LINES)).delays, 0.95);
    const during = async (start: () => Promise<Program>) => {
      await using transfer = await start();
      await sleep(RAMP_MS);
      const [bytes, begin] = [cable.bytes, performance.now()];
      const value = await p95();
      const mbps = ((cable.bytes - bytes) * 8) / 1000 / (performance.now() - begin);
      if (!transfer.running) throw new Error(`the transfer ended: ${transfer.stderr}`);
      return { p95: value, mbps };
    };
    const alone = await p95();
    const download = await during(() => transfers.download());
    const upload = await during(() => transfers.upload());
    await page.context().close();
    return [
      {
        'p95 alone': alone,
        'p95 download': download.p95,
        'Mbit/s download': download.mbps,
        'p95 upload': upload.p95,
        'Mbit/s upload': upload.mbps,
      },
    ];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}
