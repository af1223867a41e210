import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '../../scripts/lib/errorText.ts';
import type { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { PortholeServing, porthole } from '../contestants/porthole.ts';
import { Transfers } from '../fileServers/transfers.ts';
import { link20 } from '../links/links.ts';
import { startPainting } from '../measure/painting.ts';
import { medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import { scroll } from '../workloads/scroll.ts';
import { typing } from '../workloads/typing.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Bench, Figures, Row, Suite } from './suite.ts';

const SETTLE_MS = 3_000;
/** Until a transfer goes at its full speed. */
const RAMP_MS = 2_000;
const MEASURE_MS = 8_000;

/** The screen alone and beside a transfer of the same person over the same link. */
export const filesBeside: Suite = {
  name: 'files-beside',
  title: `The screen while a transfer runs at full speed, ${link20.name} (latency in ms)`,
  async run(bench) {
    const rows: Row[] = [];
    for (const workload of bench.choose('workloads', [typing, scroll])) {
      const runs: Figures[] = [];
      for (let round = 1; round <= bench.rounds; round += 1) {
        bench.say(`files-beside: round ${round} of ${bench.rounds}, ${workload.name}`);
        runs.push(...(await measure(bench, workload)));
      }
      rows.push({ labels: [workload.name], figures: medianOf(runs) });
    }
    return rows;
  },
};

/** None when it failed. */
async function measure({ browser, display, say }: Bench, workload: Workload): Promise<Figures[]> {
  try {
    await using serving = await PortholeServing.start(display, link20.open);
    const page = await serving.view(browser);
    const reader = await StripReader.install(page, porthole.selector);
    await using _painting = await startPainting(display, workload);
    using folder = new TempDir();
    using api = await serving.api();
    const transfers = await Transfers.prepare(serving, { api, page, folder: folder.path });
    await sleep(SETTLE_MS);
    const alone = await reader.during(() => sleep(MEASURE_MS));
    const download = await during(serving, reader, () => transfers.download());
    const upload = await during(serving, reader, () => transfers.upload());
    await sleep(SETTLE_MS);
    const again = await reader.during(() => sleep(MEASURE_MS));
    await page.context().close();
    const usual = (alone.p95 + again.p95) / 2;
    return [
      {
        'p50 alone': (alone.p50 + again.p50) / 2,
        'p95 alone': usual,
        'p95 download': download.p95,
        'times alone': download.p95 / usual,
        'Mbit/s': download.mbps,
        'p95 upload': upload.p95,
        'times alone, upload': upload.p95 / usual,
      },
    ];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}

/** What was seen while a transfer ran, and what went over the link to the viewer. */
async function during(
  serving: PortholeServing,
  reader: StripReader,
  start: () => Promise<Program>,
): Promise<{ p95: number; mbps: number }> {
  await using transfer = await start();
  await sleep(RAMP_MS);
  const before = serving.bytesOut;
  const { p95 } = await reader.during(() => sleep(MEASURE_MS));
  if (!transfer.running) throw new Error(`the transfer ended: ${transfer.stderr}`);
  return { p95, mbps: ((serving.bytesOut - before) * 8) / 1000 / MEASURE_MS };
}
