import type { Locator, Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.ts';
import { ADMIN, type House } from './house.ts';

/** A page that looks at `folder` of the device `desk`. */
export async function openFolder(house: House, folder: string, browser?: TestBrowser): Promise<Page> {
  const page = await house.watch('desk', ADMIN, browser);
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('table', { name: 'Files' }).waitFor();
  await page.goto(`${page.url()}${folder}`);
  await page.getByRole('grid', { name: 'Files' }).waitFor();
  return page;
}

/** The entry whose line begins so. */
export function row(page: Page, name: RegExp): Locator {
  return page.getByRole('row', { name });
}
