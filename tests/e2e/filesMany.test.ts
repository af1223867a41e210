import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openFolder, row } from './filesPage.ts';
import { House } from './house.ts';

test('more entries than one request may name are moved and deleted', async () => {
  using folder = new TempDir();
  const [from, to] = [join(folder.path, 'from'), join(folder.path, 'to')];
  mkdirSync(from);
  mkdirSync(to);
  for (let at = 0; at < 1_200; at += 1) writeFileSync(join(from, `a file of some length ${at}`), '');
  await using house = await House.build('desk');
  const page = await openFolder(house, from);
  await row(page, /^a file of some length 0/).waitFor();
  await page.getByText('1,200 entries').waitFor();
  await page.getByRole('grid', { name: 'Files' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+x');
  await page.keyboard.press('Backspace');
  await row(page, /^to/).dblclick();
  await page.waitForURL(/\/to$/);
  await page.getByRole('button', { name: 'Paste (1200)' }).click();
  await eventually('all are moved', () => readdirSync(to).length === 1_200, 60_000);
  await page.getByText('1,200 entries').waitFor();
  await page.getByRole('grid', { name: 'Files' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+Delete');
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await page.getByText('Deleted for ever: 1,200 entries.').waitFor();
  assert.deepEqual([readdirSync(from), readdirSync(to)], [[], []]);
});

test('a tile shows two lines of a long name, and nothing of a third', async () => {
  using folder = new TempDir();
  const name = 'a long name '.repeat(10).trim();
  writeFileSync(join(folder.path, name), '');
  await using house = await House.build('desk');
  const page = await openFolder(house, folder.path);
  await page.getByRole('button', { name: 'Grid' }).click();
  const label = page.getByRole('gridcell').getByTitle(name);
  assert.equal((await label.boundingBox())?.height, 32);
});
