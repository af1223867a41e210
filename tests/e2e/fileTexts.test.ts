import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openFolder, row } from './filesPage.ts';
import { sharedHouse } from './house.ts';

const home = sharedHouse('desk');

test('text in UTF-16 is edited and stays what it was', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'export.reg');
  const written = (text: string) => Buffer.from(`\ufeff${text}\r\n"größe"="🙂"\r\n`, 'utf16le');
  writeFileSync(path, written('[HKEY]'));
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^export\.reg/).dblclick();
  await page.getByText('"größe"="🙂"').waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.type('1');
  await page.keyboard.press('Control+s');
  await eventually('it is saved', () => readFileSync(path).equals(written('[HKEY]1')));
});

test('a long log in UTF-16 is read from any part of it, and followed', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'setup.log');
  const line = (at: number) => `line ${String(at).padStart(6, '0')} größer\r\n`;
  const lines = Array.from({ length: 60_000 }, (_, at) => line(at)).join('');
  writeFileSync(path, Buffer.from(`\ufeff${lines}`, 'utf16le'));
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^setup\.log/).dblclick();
  const shown = page.getByRole('region', { name: 'setup.log' });
  await shown.getByText('line 059999 größer').waitFor();
  await page.getByRole('button', { name: 'Beginning' }).click();
  await shown.getByText('line 000000 größer').waitFor();
  await page.getByRole('button', { name: 'Later' }).click();
  await shown.getByText('line 007000 größer').waitFor();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await shown.getByText('line 059999 größer').waitFor();
  await page.getByRole('button', { name: 'Follow' }).click();
  writeFileSync(path, Buffer.from(line(60_000), 'utf16le'), { flag: 'a' });
  await shown.getByText('line 060000 größer').waitFor();
});

test('what a name does not tell the first bytes do', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'settings.unheard-of'), 'colour = blue\n');
  writeFileSync(join(folder.path, 'nothing.unheard-of'), '');
  writeFileSync(join(folder.path, 'program.unheard-of'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^program/).dblclick();
  await page.getByRole('region', { name: 'Bytes' }).getByText('7f 45 4c 46').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.locator('.cm-content').getByText('colour = blue').waitFor();
  await page.keyboard.press('Escape');
  await row(page, /^nothing/).dblclick();
  await page.locator('.cm-content').fill('first words');
  await page.keyboard.press('Control+s');
  const path = join(folder.path, 'nothing.unheard-of');
  await eventually('it is saved', () => readFileSync(path, 'utf8') === 'first words');
});

test('a viewer says why a download is refused', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'note.txt'), 'note');
  const house = await home();
  const page = await openFolder(house, folder.path);
  await row(page, /^note\.txt/).dblclick();
  await page.locator('.cm-content').getByText('note').waitFor();
  // As if the account that the device's agent runs as may no longer read it.
  const denied = {
    status: 403,
    json: { code: 'file.denied', message: 'The device does not let this be read or changed.' },
  };
  await page.route('**/files/content?*', (route) => route.fulfill(denied), { times: 1 });
  const viewer = page.getByRole('dialog', { name: 'Viewing note.txt' });
  const button = viewer.getByRole('button', { name: 'Download' });
  await button.click();
  const refused = viewer.getByRole('alert').getByText('The device does not let this be read or changed.');
  await refused.waitFor();
  const saved = page.waitForEvent('download');
  await button.click();
  assert.equal(readFileSync(await (await saved).path(), 'utf8'), 'note');
  await refused.waitFor({ state: 'detached' });
});
