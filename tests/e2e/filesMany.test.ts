import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openFolder, row, upload } from './filesPage.ts';
import { sharedHouse } from './house.ts';

const home = sharedHouse('desk');

test('more entries than one request may name are moved and deleted', async () => {
  using folder = new TempDir();
  const [from, to] = [join(folder.path, 'from'), join(folder.path, 'to')];
  mkdirSync(from);
  mkdirSync(to);
  for (let at = 0; at < 1_200; at += 1) writeFileSync(join(from, `a file of some length ${at}`), '');
  const house = await home();
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

test('more entries than an address holds are downloaded as one zip', async () => {
  using folder = new TempDir();
  const names = Array.from({ length: 1_200 }, (_, at) => `a file of some length ${String(at).padStart(4, '0')}`);
  for (const name of names) writeFileSync(join(folder.path, name), name);
  const house = await home();
  const page = await openFolder(house, folder.path);
  await page.getByText('1,200 entries').waitFor();
  await page.getByRole('grid', { name: 'Files' }).focus();
  await page.keyboard.press('Control+a');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), `${basename(folder.path)}.zip`);
  const list = execFileSync('unzip', ['-Z1', await download.path()], { encoding: 'utf8' });
  assert.deepEqual(list.trim().split('\n').sort(), names);
});

test('many uploads are paused, gone on with and cancelled together', async () => {
  using folder = new TempDir();
  using source = new TempDir();
  const paths = Array.from({ length: 6 }, (_, at) => join(source.path, `large ${at}.bin`));
  for (const path of paths) writeFileSync(path, Buffer.alloc(4 * 1024 * 1024, 'porthole'));
  const house = await home();
  const page = await openFolder(house, folder.path);
  const network = await page.context().newCDPSession(page);
  const limits = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 };
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', limits);
  await upload(page, paths);
  const dock = page.getByRole('complementary', { name: 'Transfers' });
  const rows = (state: string) => dock.getByRole('listitem').filter({ hasText: state });
  await eventually('four are under way', async () => (await rows('Uploading').count()) === 4);
  await dock.getByRole('button', { name: 'Pause all' }).click();
  await eventually('all are paused', async () => (await rows('Paused').count()) === 6);
  await dock.getByRole('button', { name: 'Resume all' }).click();
  await eventually('four are under way again', async () => (await rows('Uploading').count()) === 4);
  await dock.getByRole('button', { name: 'Cancel all' }).click();
  await page.getByRole('dialog', { name: 'Cancel 6 transfers?' }).getByRole('button', { name: 'Cancel all' }).click();
  await dock.waitFor({ state: 'detached' });
  await eventually('nothing is left of them', () => readdirSync(folder.path).length === 0);
});

test('a tile shows two lines of a long name, and nothing of a third', async () => {
  using folder = new TempDir();
  const name = 'a long name '.repeat(10).trim();
  writeFileSync(join(folder.path, name), '');
  const house = await home();
  const page = await openFolder(house, folder.path);
  await page.getByRole('button', { name: 'Grid' }).click();
  const label = page.getByRole('gridcell').getByTitle(name);
  assert.equal((await label.boundingBox())?.height, 32);
});
