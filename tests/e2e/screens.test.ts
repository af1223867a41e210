import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { House, showsExactly, VIEWER } from './house.ts';

const COLOURS = [0x2060a0, 0xa06020, 0x20a060];

/** Paints something that only this device shows: a ground colour, stripes, and many single pixels of many colours. */
async function paintOwnPicture(house: House, name: string, index: number): Promise<void> {
  const { painter } = house.device(name);
  await painter.fill({ x: 0, y: 0, width: 800, height: 600, color: COLOURS[index] ?? 0 });
  for (let i = 0; i < 40; i++) {
    await painter.fill({
      x: i * 17,
      y: 40 + i * 9,
      width: 11 + index,
      height: 5,
      color: (i * 0x050b1d + index * 77) & 0xffffff,
    });
  }
  for (let i = 0; i < 600; i++) {
    painter.fillSoon({ x: 100 + i, y: 500 + (i % 7), width: 1, height: 1, color: (i * 7919) & 0xffffff });
  }
}

test('three devices and five browsers: everybody sees the right picture, live and exact', async () => {
  await using house = await House.build('alpha', 'beta', 'gamma');
  for (const [index, { name }] of house.devices.entries()) await paintOwnPicture(house, name, index);
  const seats = ['alpha', 'beta', 'gamma', 'alpha', 'beta'] as const;
  const pages = [];
  for (const [index, name] of seats.entries()) {
    pages.push({ name, page: await house.watch(name, index < 3 ? undefined : VIEWER) });
  }
  for (const { name, page } of pages) await showsExactly(page, house.device(name));

  for (const [index, { name, painter }] of house.devices.entries()) {
    await painter.fill({ x: 300, y: 200, width: 120, height: 90, color: 0xf0f000 + index });
    await painter.copy({ x: 280, y: 180, width: 200, height: 150 }, 500, 60 + index);
    assert.ok(name);
  }
  for (const { name, page } of pages) await showsExactly(page, house.device(name));

  const both = await house.page();
  await both.getByRole('link', { name: /^alpha/ }).waitFor();
  assert.equal(await both.getByRole('link', { name: /^(alpha|beta|gamma)/ }).count(), 3);
});

test('the display is resized while it is watched', async () => {
  await using house = await House.build('solo');
  const page = await house.watch('solo');
  const device = house.device('solo');
  await showsExactly(page, device);
  assert.equal(await device.painter.resize(640, 480), true);
  await device.painter.fill({ x: 10, y: 10, width: 200, height: 100, color: 0xff8800 });
  await showsExactly(page, device);
  assert.deepEqual(
    await page.locator('[data-testid=screen]').evaluate((c: HTMLCanvasElement) => [c.width, c.height]),
    [640, 480],
  );
});

test('one monitor of several is chosen in the portal', async () => {
  await using house = await House.build('twin');
  const { painter } = house.device('twin');
  await painter.setMonitor('left', { x: 0, y: 0, width: 400, height: 600 });
  await painter.setMonitor('right', { x: 400, y: 0, width: 400, height: 600 });
  await painter.fill({ x: 400, y: 0, width: 400, height: 600, color: 0x00aa55 });
  const page = await house.watch('twin');
  await page.locator('[data-testid=screen]').waitFor();
  const monitors = page.getByRole('button', { name: 'Monitor' });
  await monitors.focus();
  await monitors.press('Enter');
  await page
    .getByRole('menuitemradio', { name: /^right/ })
    .or(page.getByRole('menuitem', { name: /^right/ }))
    .click();
  const size = () =>
    page
      .locator('[data-testid=screen]')
      .last()
      .evaluate((c: HTMLCanvasElement) => `${c.width}x${c.height}`);
  await eventually('the right monitor alone is shown', async () => (await size()) === '400x600');
});

test('the last viewer leaving lets go of the display, and nobody watching costs nothing', async () => {
  await using house = await House.build('quiet');
  const { agent } = house.device('quiet');
  const page = await house.watch('quiet');
  await showsExactly(page, house.device('quiet'));
  const child = await eventually('the screen process runs', () => childrenOf(agent.pid)[0]);
  const watched = socketsOf(child).length;
  await page.context().close();
  await eventually('the connection to the display is closed', () => socketsOf(child).length === watched - 1);
  await eventually('the screen process ends', () => childrenOf(agent.pid).length === 0, 40_000);
});

function childrenOf(pid: number): number[] {
  const entries = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return entries.map(Number).filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number {
  const stat = ifThere(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return Number(stat?.replace(/^.*\) /, '').split(' ')[1] ?? -1);
}

/** Open sockets of a process; none when it is gone. */
function socketsOf(pid: number): string[] {
  const entries = ifThere(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  const targets = entries.map((entry) => ifThere(() => readlinkSync(`/proc/${pid}/fd/${entry}`)) ?? '');
  return targets.filter((target) => target.startsWith('socket:'));
}

/** Processes come and go while they are looked at. */
function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
