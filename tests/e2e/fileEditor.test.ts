import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openBeside, openFolder, row } from './filesPage.ts';
import { House, sharedHouse } from './house.ts';

const home = sharedHouse('desk');

/** A page with `note.txt` open, and `mine ` typed at its beginning. */
async function write(house: House, folder: string): Promise<Page> {
  const page = await openFolder(house, folder);
  await row(page, /^note\.txt/).dblclick();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('mine ');
  return page;
}

test('a text stays when its file vanishes, and can be saved as a new one', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'theirs');
  const house = await home();
  const page = await write(house, folder.path);
  rmSync(path);
  const gone = page.getByText('The file is no longer on the device.');
  await gone.waitFor();
  assert.equal(await page.locator('.cm-content').textContent(), 'mine theirs');
  await page.getByRole('button', { name: 'Save as a new file' }).click();
  await eventually('it is saved', () => readFileSync(path, 'utf8') === 'mine theirs');
  await gone.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
});

test('a text stays when another program replaces its file by a new one, and is not written over that', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'theirs');
  const house = await home();
  const page = await write(house, folder.path);
  rmSync(path);
  const gone = page.getByText('The file is no longer on the device.');
  await gone.waitFor();
  writeFileSync(path, 'theirs, later');
  await gone.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByText('The file changed on the device meanwhile').waitFor();
  assert.equal(await page.locator('.cm-content').textContent(), 'mine theirs');
  assert.equal(readFileSync(path, 'utf8'), 'theirs, later');
});

test('what is saved while an earlier save is under way is saved after it', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'theirs');
  const house = await home();
  const page = await write(house, folder.path);
  const held = Promise.withResolvers<void>();
  const saves: string[] = [];
  await page.route('**/files/content?*', async (route) => {
    if (route.request().method() !== 'PUT') return await route.continue();
    saves.push(route.request().postData() ?? '');
    await held.promise;
    await route.continue();
  });
  await page.keyboard.press('Control+s');
  await eventually('the first save is under way', () => saves.length === 1);
  await page.keyboard.type('and more ');
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control+s');
  held.resolve();
  await eventually('all of it is saved', () => readFileSync(path, 'utf8') === 'mine and more theirs');
  await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
  assert.deepEqual(saves, ['mine theirs', 'mine and more theirs']);
});

test('a text in the second pane stays while its device is away', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'theirs');
  await using house = await House.build('desk', 'lab');
  const page = await openFolder(house, folder.path);
  const beside = await openBeside(page, 'lab', folder.path);
  await beside.getByRole('row', { name: /^note\.txt/ }).dblclick();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('mine ');
  const { agent } = house.device('lab');
  agent.kill('SIGKILL');
  await beside.getByText('The device is offline').waitFor({ state: 'attached' });
  await agent.restart();
  await beside.getByText('The device is offline').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await eventually('it is saved', () => readFileSync(path, 'utf8') === 'mine theirs');
});

test('the browser asks before it throws away what is not saved', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'theirs');
  const house = await home();
  const page = await write(house, folder.path);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await eventually('it asks', () => asked.length === 1);
  assert.deepEqual([asked, await page.locator('.cm-content').textContent()], [['beforeunload'], 'mine theirs']);
  await page.keyboard.press('Control+s');
  // The button can't be pressed during the save either.
  await page.getByText('Not saved').waitFor({ state: 'detached' });
  assert.equal(readFileSync(path, 'utf8'), 'mine theirs');
  await page.reload();
  await page.locator('.cm-content').waitFor();
  assert.equal(asked.length, 1);
});

test('going back asks before it throws away what is not saved', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'note.txt'), 'theirs');
  const house = await home();
  const page = await write(house, folder.path);
  const url = page.url();
  const question = page.getByRole('dialog', { name: 'Throw your changes away?' });
  for (let round = 0; round < 2; round += 1) {
    await page.evaluate(() => window.history.back());
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    assert.deepEqual([page.url(), await page.locator('.cm-content').textContent()], [url, 'mine theirs']);
  }
  await page.evaluate(() => window.history.back());
  await question.getByRole('button', { name: 'Throw away' }).click();
  await page.locator('.cm-content').waitFor({ state: 'detached' });
  await eventually('the folder is shown', () => page.url() === url.split('?')[0]);
  await page.getByRole('row', { name: /^note\.txt/ }).dblclick();
  await page.locator('.cm-content').click();
  await page.keyboard.type('again ');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Throw away' }).click();
  await page.locator('.cm-content').waitFor({ state: 'detached' });
  await eventually('the folder is shown', () => page.url() === url.split('?')[0]);
});
