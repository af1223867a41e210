import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Device as DeviceNews } from '@porthole/protocol';
import type { Page } from 'playwright-core';
import type { ScreenReport } from '../../packages/portal/src/features/screen/scriptAccess.ts';
import { eventually } from '../support/eventually.ts';
import { type Device, House, showsExactly, VIEWER } from './house.ts';

function report(page: Page): Promise<ScreenReport | undefined> {
  return page.evaluate((): ScreenReport | undefined => window.porthole?.screen?.());
}

async function maxFps(page: Page): Promise<number | undefined> {
  return (await report(page))?.settings.maxFps;
}

/** Opens the menu, sets the frame rate as a person with a keyboard would, and leaves the menu open. */
async function chooseFps(page: Page, fps: number): Promise<void> {
  await page.getByRole('button', { name: 'Picture settings' }).click();
  await page.getByRole('slider').fill(String(fps));
}

/** Draws on a display until it is disposed of. */
function keepMoving({ painter }: Device): AsyncDisposable {
  const ending = new AbortController();
  const moving = (async () => {
    for (let step = 0; !ending.signal.aborted; step++) {
      await painter.fill({ x: (step * 3) % 600, y: 100, width: 90, height: 60, color: (step * 0x10307) & 0xffffff });
      await sleep(20);
    }
  })();
  return {
    [Symbol.asyncDispose]: () => {
      ending.abort();
      return moving;
    },
  };
}

/** Resolves when every page shows about as many pictures a second as it may, and none more. */
async function ratesAre(pages: Page[], limits: number[]): Promise<void> {
  await eventually(`rates within ${limits}`, async () => {
    const rates = await Promise.all(pages.map(async (page) => (await report(page))?.fps ?? 0));
    const fits = rates.every((rate, at) => rate > (limits[at] ?? 0) / 3 && rate <= (limits[at] ?? 0) * 1.15);
    if (fits) return true;
    throw new Error(`${rates}`);
  });
}

test('what an administrator saves for a device is in force for everybody but those who chose for themselves', async () => {
  await using house = await House.build('desk');
  const device = house.device('desk');
  const [admin, guest, chooser] = [
    await house.watch('desk'),
    await house.watch('desk', VIEWER),
    await house.watch('desk', VIEWER),
  ];
  for (const page of [admin, guest, chooser]) await showsExactly(page, device);

  await chooseFps(chooser, 30);
  assert.equal(await chooser.getByRole('button', { name: /default$/ }).count(), 0, 'only an administrator may save it');
  await chooseFps(admin, 5);
  const save = admin.getByRole('button', { name: 'Save as this device’s default' });
  await save.click();
  await eventually('the others have it', async () => (await maxFps(guest)) === 5, 1_000);
  await eventually('it is nobody’s own any more', () => save.getAttribute('aria-disabled').then((is) => is === 'true'));
  assert.deepEqual([await maxFps(admin), await maxFps(chooser)], [5, 30]);

  {
    await using _ = keepMoving(device);
    await ratesAre([admin, guest, chooser], [5, 5, 30]);
    await chooser
      .getByRole('button', { name: 'Pictures per second, at most: back to the device default, 5 /s' })
      .click();
    assert.equal(await maxFps(chooser), 5);
    const focused = await chooser.getByRole('slider').evaluate((slider) => slider === document.activeElement);
    assert.equal(focused, true, 'the button is gone, the keyboard is not lost');
    await ratesAre([admin, guest, chooser], [5, 5, 5]);
  }
  for (const page of [admin, guest, chooser]) await showsExactly(page, device);
});

test('a default outlives the hub, reaches pages that come back, and what a person chose outlives their page', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk', VIEWER);
  await showsExactly(page, house.device('desk'));
  await chooseFps(page, 30);
  const api = await house.api();
  const [shown] = await api.get<DeviceNews[]>('/api/devices');
  const path = `/api/devices/${shown?.id}/settings/screen`;
  const body = { picture: 'light', maxFps: 7, maxKBps: 1_000, shrink: 2 };
  assert.equal((await api.request('PUT', path, { body })).status, 204);
  await house.hub.restart();
  await page.reload();
  const settings = async () => (await report(page))?.settings;
  await eventually('the page is back', async () => (await settings()) !== undefined, 30_000);
  assert.deepEqual(await settings(), { ...body, maxFps: 30 });
});
