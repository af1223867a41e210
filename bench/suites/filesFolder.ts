import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FilePage } from '@porthole/protocol';
import type { ApiClient } from '../../tests/support/apiClient.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import { filesOf, pathQuery } from '../fileServers/porthole.ts';
import { forgetPeak, memoryOf } from '../measure/memory.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Figures, Suite } from './suite.ts';

const SETTLE_MS = 2_000;
/** Rows that the portal asks for first. */
const FIRST_PAGE = 500;
/** Folders are shown like this, so an agent that was just started has looked at one before. */
const SMALL = 20;

/** The first rows of a folder with very many entries. */
export const filesFolder: Suite = {
  name: 'files-folder',
  title: 'The first page of a large folder over HTTP (ms; memory of the agent in MB)',
  async run({ sizes, rounds, say }) {
    using temp = new TempDir();
    const [large, small] = [fill(temp.path, sizes.entries), fill(temp.path, SMALL)];
    const runs: Figures[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`files-folder: round ${round} of ${rounds}`);
      runs.push(await measure(large, small, sizes.entries));
    }
    return [{ labels: [`${sizes.entries} entries`], figures: medianOf(runs) }];
  },
};

async function measure(large: string, small: string, total: number): Promise<Figures> {
  await using serving = await PortholeServing.start('fake');
  using api = await serving.api();
  const files = await filesOf(api);
  const { pid } = serving.agent;
  const open = (folder: string) => api.get<FilePage>(`${files}?${pathQuery(folder)}&limit=${FIRST_PAGE}`);
  await open(small);
  await sleep(SETTLE_MS);
  const before = memoryOf(pid);
  forgetPeak(pid);
  const cold = await time(() => open(large), total);
  const warm = await time(() => open(large), total);
  const peak = memoryOf(pid, 'peak') - before;
  const all = await time(() => openAll(api, `${files}?${pathQuery(large)}`), total);
  const figures = { cold, warm, 'all pages': all, before, 'peak +': peak };
  return { ...figures, 'peak of all +': memoryOf(pid, 'peak') - before };
}

/** Milliseconds. Throws when the folder does not have as many entries. */
async function time(open: () => Promise<FilePage>, total: number): Promise<number> {
  const start = performance.now();
  const page = await open();
  if (page.total !== total || page.entries.length === 0) throw new Error('the page is not right');
  return performance.now() - start;
}

/** Every page, one after the other; answers the last. */
async function openAll(api: ApiClient, url: string): Promise<FilePage> {
  let page = await api.get<FilePage>(url);
  while (page.next !== undefined) {
    page = await api.get<FilePage>(`${url}&${new URLSearchParams({ after: page.next })}`);
  }
  return page;
}

function fill(parent: string, count: number): string {
  const folder = join(parent, `of ${count}`);
  mkdirSync(folder);
  for (let number = 0; number < count; number += 1) writeFileSync(join(folder, `file ${number}.txt`), '');
  return folder;
}
