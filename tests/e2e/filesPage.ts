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

/** A second pane at `folder` of another device. */
export async function openBeside(page: Page, device: string, folder: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Open a second pane' }).click();
  await page.getByRole('combobox', { name: 'Device' }).selectOption({ label: device });
  await page.getByRole('link', { name: 'System' }).click();
  const beside = page.locator('section:has([role=grid])').nth(1);
  await beside.getByRole('button', { name: 'Edit the path' }).click();
  await beside.getByRole('combobox', { name: 'Path' }).fill(folder);
  await page.keyboard.press('Enter');
  await beside
    .getByText(folder.split('/').at(-1) ?? folder)
    .first()
    .waitFor();
  return beside;
}

/** The entry whose line begins so. */
export function row(page: Page, name: RegExp): Locator {
  return page.getByRole('row', { name });
}

/** Picks files for the folder that is shown. */
export async function upload(
  page: Page,
  files: string | string[] | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await (await chooser).setFiles(files);
}
