import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openFolder, row } from './filesPage.ts';
import { sharedHouse } from './house.ts';

const home = sharedHouse('desk');

/** The next key goes to the list. */
async function listHasKeyboard(page: Page, after: string): Promise<void> {
  await eventually(`the list has the keyboard after ${after}`, () =>
    page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid'),
  );
}

test('after a viewer, a dialog, a menu or a breadcrumb the list has the keyboard', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'inner', 'deep'), { recursive: true });
  for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(join(folder.path, name), name);
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^a\.txt/).dblclick();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('b.txt').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /^b\.txt/, selected: true }).waitFor();
  await listHasKeyboard(page, 'a viewer');
  await page.getByRole('button', { name: 'Properties' }).click();
  await page.getByRole('dialog').getByText('a.txt').or(page.getByRole('dialog').getByText('b.txt')).first().waitFor();
  await page.keyboard.press('Escape');
  await listHasKeyboard(page, 'its properties');
  await page.keyboard.press('Shift+Delete');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await listHasKeyboard(page, 'a deletion that was called off');
  await page.keyboard.press('Shift+Delete');
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await row(page, /^b\.txt/).waitFor({ state: 'detached' });
  await listHasKeyboard(page, 'a deletion');
  await row(page, /^c\.txt/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy' }).click();
  await listHasKeyboard(page, 'the menu');
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('made');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /^made/, selected: true }).waitFor();
  await listHasKeyboard(page, 'a new folder');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await row(page, /^deep/).dblclick();
  await page.waitForURL(/\/deep$/);
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button').nth(-4).click();
  await page.getByRole('row', { name: /^inner/, selected: true }).waitFor();
  await listHasKeyboard(page, 'a breadcrumb');
});

test('whoever types is not interrupted by the list', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'a.txt'), '');
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^a\.txt/).click();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  const filter = page.getByRole('searchbox', { name: 'Filter this folder' });
  await filter.click();
  await page.getByRole('textbox', { name: 'Name' }).waitFor({ state: 'detached' });
  await page.keyboard.type('a.t');
  await eventually('all of it is in the field', async () => (await filter.inputValue()) === 'a.t');
});

test('what a search found is there again after one of it was looked at', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'inner'));
  for (const name of ['find 1.txt', 'find 2.txt']) writeFileSync(join(folder.path, 'inner', name), name);
  const house = await home();
  const page = await openFolder(house, folder.path);
  await page.getByRole('button', { name: 'Search below this folder' }).click();
  await page.getByRole('searchbox', { name: 'Search below this folder' }).fill('find');
  await page.keyboard.press('Enter');
  const results = page.getByRole('list', { name: 'Search results' }).getByRole('button');
  await eventually('both are found', async () => (await results.count()) === 2);
  for (const name of [/find 1/, /find 2/]) {
    await results.filter({ hasText: name }).click();
    await page.getByRole('dialog', { name: /^Viewing find/ }).waitFor();
    await page.keyboard.press('Escape');
    await eventually('both are there again', async () => (await results.count()) === 2);
    await eventually('the keyboard is where it was', () =>
      results.filter({ hasText: name }).evaluate((row) => row === document.activeElement),
    );
  }
  await page.getByRole('button', { name: 'Back to the folder' }).click();
  await listHasKeyboard(page, 'a search');
});
