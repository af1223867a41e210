import { setTimeout as sleep } from 'node:timers/promises';
import { HOME_VIEWS, type HomeSettings, type HomeView, PATHS } from '@porthole/protocol';
import type { Page } from 'playwright-core';
import { BUILT_IN } from '../../packages/portal/src/base/preferences/builtIn.ts';
import { ApiClient } from '../../tests/support/apiClient.ts';
import { signIn } from '../../tests/support/browser.ts';
import { startFleet } from '../../tests/support/fleet/fleetProgram.ts';
import { addUser, type Hub, startHub } from '../../tests/support/hub.ts';
import { cpuBetween, cpuSeconds } from '../measure/cpu.ts';
import { notePaint, paintAfter } from '../measure/firstPaint.ts';
import { memoryOf } from '../measure/memory.ts';
import { measureScrolling } from '../measure/scrolling.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Bench, Figures, Suite } from './suite.ts';

const USER = { username: 'ann', password: 'correct horse battery' };
/** A device of the list, by what leads to it. */
const CARD = 'main a[href^="/devices/"]';
const SETTLE_MS = 5_000;
const MEASURE_MS = 15_000;
const SCROLL_MS = 4_000;

/** Many devices, which are simulated: what they cost the hub, and how the home page copes with them. */
export const home: Suite = {
  name: 'home',
  title: 'Home with many devices (CPU in % of one core, memory in MB)',
  async run(bench) {
    const { rounds, say, sizes } = bench;
    await using hub = await startHub();
    await addUser(hub, { name: USER.username, role: 'admin', password: USER.password });
    const empty = memoryOf(hub.pid);
    say(`home: connecting ${sizes.devices} devices`);
    await using _ = await startFleet(hub, sizes.devices);
    const runs: Figures[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`home: round ${round} of ${rounds}`);
      runs.push({ 'hub MB without devices': empty, ...(await measure(bench, hub)) });
    }
    return Object.entries(medianOf(runs)).map(([what, value]) => ({ labels: [what], figures: { value } }));
  },
};

async function measure({ browser }: Bench, hub: Hub): Promise<Figures> {
  await prefer(hub, BUILT_IN.homeWide);
  await sleep(SETTLE_MS);
  const idle = await cost(hub);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await notePaint(page, CARD);
  await signIn(page, hub.url, USER);
  await page.locator(CARD).first().waitFor();
  const paint = await paintAfter(page, hub.url);
  await sleep(SETTLE_MS);
  const watched = await cost(hub);
  const scrolling: Figures = {};
  for (const view of HOME_VIEWS) {
    const figures = await scrollIn(page, hub, view);
    for (const [what, value] of Object.entries(figures)) scrolling[`${view}: ${what}`] = value;
  }
  await page.context().close();
  return {
    'hub CPU %, nobody looks': idle.cpu,
    'hub MB, nobody looks': idle.memory,
    'first card, ms': paint,
    'hub CPU %, one looks': watched.cpu,
    'hub MB, one looks': watched.memory,
    ...scrolling,
  };
}

async function cost({ pid }: Hub): Promise<{ cpu: number; memory: number }> {
  const before = cpuSeconds({ hub: pid });
  await sleep(MEASURE_MS);
  const { hub: seconds = Number.NaN } = cpuBetween(before, cpuSeconds({ hub: pid }));
  return { cpu: (seconds / MEASURE_MS) * 1_000 * 100, memory: memoryOf(pid) };
}

async function scrollIn(page: Page, hub: Hub, view: HomeView) {
  await prefer(hub, { ...BUILT_IN.homeWide, view });
  await paintAfter(page, hub.url);
  await sleep(SETTLE_MS);
  return await measureScrolling(page, CARD, SCROLL_MS);
}

async function prefer(hub: Hub, value: HomeSettings): Promise<void> {
  using api = new ApiClient(hub.url);
  await api.signIn(USER.username, USER.password);
  await api.request('PUT', `${PATHS.preferences}/homeWide`, { body: { value } });
}
