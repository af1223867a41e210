import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { errorText } from '../../scripts/lib/errorText.ts';
import type { ApiClient } from '../../tests/support/apiClient.ts';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { PortholeServing, porthole } from '../contestants/porthole.ts';
import { filesOf, pathQuery } from '../fileServers/porthole.ts';
import { TUS_PATCH, tusHeaders } from '../fileServers/tusHeaders.ts';
import { link20 } from '../links/links.ts';
import { CURL } from '../measure/curl.ts';
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
/** More than the link can carry while anybody looks. */
const FILE_BYTES = 1024 ** 3;

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

interface TransferStand {
  api: ApiClient;
  page: Page;
  folder: string;
}

/** Transfers of a file that is larger than there is time for, in the name of who looks at the page. */
class Transfers {
  readonly #folder: string;
  readonly #api: ApiClient;
  readonly #files: string;
  readonly #origin: string;
  readonly #cookie: string;

  private constructor({ api, folder }: TransferStand, { files, origin, cookie }: Record<string, string>) {
    this.#api = api;
    this.#folder = folder;
    this.#files = files ?? '';
    this.#origin = origin ?? '';
    this.#cookie = cookie ?? '';
  }

  static async prepare(serving: PortholeServing, stand: TransferStand): Promise<Transfers> {
    const file = openSync(join(stand.folder, 'large.bin'), 'wx');
    ftruncateSync(file, FILE_BYTES);
    closeSync(file);
    const cookies = await stand.page.context().cookies(serving.viewerUrl);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return new Transfers(stand, { files: await filesOf(stand.api), origin: serving.viewerUrl, cookie });
  }

  async download(): Promise<Program> {
    return this.#curl(`${this.#files}/content?${pathQuery(join(this.#folder, 'large.bin'))}`, []);
  }

  async upload(): Promise<Program> {
    const headers = tusHeaders({ folder: this.#folder, name: 'copy.bin', size: FILE_BYTES });
    const begun = await this.#api.request('POST', `${this.#files}/uploads`, { headers });
    const put = ['--upload-file', join(this.#folder, 'large.bin'), ...TUS_PATCH];
    return this.#curl(String(begun.headers.location), put);
  }

  #curl(path: string, args: string[]): Program {
    const url = new URL(path, this.#origin).href;
    return new Program('curl', [...CURL, '--output', '/dev/null', '--header', `Cookie: ${this.#cookie}`, ...args, url]);
  }
}
