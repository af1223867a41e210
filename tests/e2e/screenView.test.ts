import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ScreenReport } from '../../packages/portal/src/features/screen/scriptAccess.ts';
import { eventually } from '../support/eventually.ts';
import { House, showsExactly } from './house.ts';

function report(page: Page): Promise<ScreenReport | undefined> {
  return page.evaluate((): ScreenReport | undefined => window.porthole?.screen?.());
}

test('the time from a key to the change that follows it is measured', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk');
  const device = house.device('desk');
  await showsExactly(page, device);
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await page.locator('textarea').focus();
  // The clocks of device and page are compared every two seconds; before, and on a machine that hesitates, a key does not count.
  let color = 0;
  const key = await eventually('a key is measured', async () => {
    await page.keyboard.press('a');
    color += 0x10;
    await device.painter.fill({ x: 10, y: 10, width: 50, height: 50, color });
    await page.waitForTimeout(300);
    return (await report(page))?.keyToPhoton ?? undefined;
  });
  assert.ok(key.count >= 1 && key.p50 > 0 && key.p50 <= 1_000);
});

test('the picture of a real device becomes exact, and areas are coloured only while that is switched on', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk');
  const device = house.device('desk');
  await showsExactly(page, device);
  await eventually('it is said to be exact', async () => (await report(page))?.exact === true);
  const overlay = page.locator('[data-testid=coders]');
  assert.equal(await overlay.count(), 0);
  await page.getByRole('button', { name: /^Latency/ }).click();
  await page.getByRole('switch', { name: /^Colour/ }).click();
  await overlay.waitFor();
  await device.painter.fill({ x: 100, y: 100, width: 60, height: 60, color: 0x3050f0 });
  await showsExactly(page, device);
  await page.getByRole('switch', { name: /^Colour/ }).click();
  await overlay.waitFor({ state: 'detached' });
});
