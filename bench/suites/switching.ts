import type { Page } from 'playwright-core';
import { startAgent } from '../../tests/support/agent.ts';
import { signIn } from '../../tests/support/browser.ts';
import { addUser, startHub } from '../../tests/support/hub.ts';
import { percentile } from '../measure/statistics.ts';
import type { Suite } from './suite.ts';

const USER = { username: 'ann', password: 'correct horse battery' };
const NAMES = ['desk', 'attic'];
/** Switches of each round. */
const SWITCHES = 12;

/** From a click on a device that is open to its picture in a painted frame; and for comparison, opening it for the first time. */
export const switching: Suite = {
  name: 'switching',
  title: 'Switching between devices that are open (ms from the click to the picture)',
  async run({ browser, display, rounds, say }) {
    await using hub = await startHub();
    await addUser(hub, { name: USER.username, role: 'admin', password: USER.password });
    await using stack = new AsyncDisposableStack();
    for (const name of NAMES) stack.use(await startAgent({ hub, display, name }));
    const [first, warm]: [number[], number[]] = [[], []];
    for (let round = 1; round <= rounds; round += 1) {
      say(`switching: round ${round} of ${rounds}`);
      const page = await browser.newPage();
      await signIn(page, hub.url, USER);
      for (const name of NAMES) first.push(await open(page, name));
      for (let at = 0; at < SWITCHES; at += 1) warm.push(await back(page, NAMES[at % NAMES.length] ?? ''));
      await page.context().close();
    }
    return [
      { labels: ['opened for the first time'], figures: spread(first) },
      { labels: ['as it was left'], figures: spread(warm) },
    ];
  },
};

function spread(times: number[]): Record<string, number> {
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function open(page: Page, name: string): Promise<number> {
  await page.getByRole('navigation').getByRole('link', { name: 'Devices', exact: true }).click();
  const painted = pictureOf(page, name);
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  return await painted;
}

async function back(page: Page, name: string): Promise<number> {
  const painted = pictureOf(page, name);
  await page.getByRole('list', { name: 'Open devices' }).getByRole('link', { name }).click();
  return await painted;
}

/** Milliseconds from the next click to the frame after the one in which the picture of that device is laid out. */
function pictureOf(page: Page, name: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const clicked = await new Promise<number>((resolve) => {
      addEventListener('click', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
    });
    const isThere = () => {
      const shown = document.querySelector('[data-workspace][data-shown]');
      const canvas = shown?.querySelector<HTMLCanvasElement>('canvas[data-testid=screen]');
      return (
        shown?.querySelector('h1')?.textContent === wanted && canvas?.checkVisibility({ visibilityProperty: true })
      );
    };
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    while (!isThere()) await frame();
    await frame();
    return performance.now() - clicked;
  }, name);
}
