import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { ApiClient } from '../support/apiClient.ts';
import { openBrowser, type PageOptions, signIn, type TestBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startFleet } from '../support/fleet/fleetProgram.ts';
import { addUser, type Hub, startHub } from '../support/hub.ts';
import { ADMIN, VIEWER } from './house.ts';

const stack = new AsyncDisposableStack();
let hub: Hub;
let browser: TestBrowser;

before(async () => {
  hub = stack.use(await startHub());
  await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
  await addUser(hub, { name: VIEWER.username, role: 'viewer', password: VIEWER.password });
  stack.use(await startFleet(hub, 8));
  browser = stack.use(await openBrowser());
});
after(() => stack.disposeAsync());

/** A browser of its own on the home page, with all devices there. */
async function home(user = ADMIN, options?: PageOptions): Promise<Page> {
  const page = await browser.newPage(options);
  await signIn(page, hub.url, user);
  await page.getByRole('link', { name: /^sim-0001/ }).waitFor();
  return page;
}

const NARROW = { viewport: { width: 400, height: 800 } };

async function isOrder(page: Page, numbers: string): Promise<void> {
  await eventually(`the order is ${numbers}`, async () => {
    const names = await page.locator('[data-device] a').allTextContents();
    assert.equal(names.map((name) => name.at(-1)).join(''), numbers);
    return true;
  });
}

const arrange = (page: Page) => page.getByRole('button', { name: 'Arrange' }).click();
const box = async (place: Locator) => (await place.boundingBox()) ?? assert.fail('it is not on the page');

/** Takes something by the mouse and lets it go over something else, at that part of its width and height. */
async function drag(page: Page, from: Locator, to: Locator, part: { x: number; y: number }): Promise<void> {
  const [a, b] = [await box(from), await box(to)];
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width * part.x, b.y + b.height * part.y, { steps: 8 });
  await page.mouse.up();
}

async function fieldsOf(page: Page): Promise<string> {
  return (await page.locator('[data-field]').allTextContents()).join(' ');
}

test('fields are chosen and moved by mouse and by keys, for windows of that size, in every browser of the user', async () => {
  const page = await home();
  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  await arrange(page);
  const before = await fieldsOf(page);
  assert.match(before, /^State System CPU/);
  await page.getByLabel('Show Kernel').check();
  for (const field of ['Memory', 'Disk', 'Address', 'Group', 'Tags']) await page.getByLabel(`Show ${field}`).uncheck();
  await drag(page, page.getByRole('button', { name: 'Move CPU' }), page.getByLabel('Show State'), { x: 0.5, y: 0.2 });
  assert.match(await fieldsOf(page), /^CPU State System .* Kernel$/);
  await page.getByRole('button', { name: 'Move System' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  assert.match(await fieldsOf(page), /^CPU System State/);
  await page.getByRole('button', { name: 'Move CPU' }).focus();
  for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Escape']) await page.keyboard.press(key);
  assert.match(await fieldsOf(page), /^CPU System State/, 'Escape puts it back');
  const second = await home();
  await second.getByRole('columnheader', { name: 'Kernel' }).waitFor();
  const columns = (await second.getByRole('columnheader').allTextContents()).join(' ');
  assert.match(columns, /^Name CPU System State .*Kernel/);
  assert.doesNotMatch(columns, /Memory/);
  const narrow = await home(ADMIN, NARROW);
  assert.equal(await narrow.getByRole('radio', { name: 'Cards' }).isChecked(), true);
  await Promise.all([page, second, narrow].map((each) => each.context().close()));
});

test('devices are put in an order of one’s own by mouse and by keys', async () => {
  const page = await home();
  await page.getByRole('radio', { name: 'Cards' }).check({ force: true });
  await arrange(page);
  await page.getByLabel('Sort by').selectOption('own');
  await page.keyboard.press('Escape');
  await isOrder(page, '12345678');
  const card = (number: number) => page.locator('[data-device]').filter({ hasText: `sim-000${number}` });
  await drag(page, card(1), card(4), { x: 0.8, y: 0.3 });
  await isOrder(page, '23415678');
  assert.equal(new URL(page.url()).pathname, '/', 'a drag opens nothing');
  await drag(page, card(8), card(2), { x: 0.2, y: 0.3 });
  await isOrder(page, '82341567');
  await page.getByRole('button', { name: 'Move sim-0003' }).focus();
  await page.keyboard.press('Space');
  await page.getByText('sim-0003 lifted. Place 3 of 8.').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.getByText('sim-0003 dropped at place 5 of 8.').waitFor();
  await isOrder(page, '82413567');
  for (const key of ['Space', 'ArrowLeft']) await page.keyboard.press(key);
  await isOrder(page, '82431567');
  await page.keyboard.press('Escape');
  await isOrder(page, '82413567');
  // Another open page of the same user follows, without being loaded again.
  const second = await home();
  await isOrder(second, '82413567');
  await page.getByRole('button', { name: 'Move sim-0007' }).focus();
  for (const key of ['Space', 'ArrowLeft', 'Space']) await page.keyboard.press(key);
  await isOrder(second, '82413576');
  // In the list the handle is there once somebody comes near.
  await page.getByRole('radio', { name: 'Compact list' }).check({ force: true });
  await page.getByRole('link', { name: /^sim-0002/ }).focus();
  await page.getByRole('button', { name: 'Move sim-0002' }).focus();
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
  await isOrder(page, '84123576');
  await Promise.all([page, second].map((each) => each.context().close()));
});

test('what an admin makes the default is what others have who chose nothing, until they choose', async () => {
  const page = await home();
  await page.getByRole('radio', { name: 'Compact list' }).check({ force: true });
  await arrange(page);
  await page.getByRole('button', { name: 'Make this the default for everybody' }).click();
  await page.getByText('This is the default now').waitFor();
  const other = await home(VIEWER);
  await eventually('the other has the list', async () =>
    other.getByRole('radio', { name: 'Compact list' }).isChecked(),
  );
  await other.getByRole('radio', { name: 'Wall' }).check({ force: true });
  await arrange(other);
  assert.equal(await other.getByRole('button', { name: 'Make this the default' }).count(), 0);
  await other.getByRole('button', { name: 'Back to the default' }).click();
  await eventually('the default is back', async () => other.getByRole('radio', { name: 'Compact list' }).isChecked());
  await Promise.all([page, other].map((each) => each.context().close()));
});

test('what cannot be saved is told, holds meanwhile, and is saved when somebody tries again', async () => {
  const page = await home();
  await page.route('**/api/preferences/**', (route) => route.abort());
  await page.getByRole('radio', { name: 'Wall' }).check({ force: true });
  const notice = page.getByRole('alert').getByText('could not be saved');
  await notice.waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Wall' }).isChecked(), true);
  await page.unroute('**/api/preferences/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await notice.waitFor({ state: 'detached' });
  await page.reload();
  await eventually('it was saved', async () => page.getByRole('radio', { name: 'Wall' }).isChecked());
  await page.context().close();
});

test('everything goes to a file and comes back from it; a file that does not fit changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-home-'));
  try {
    const page = await home();
    await page.getByRole('radio', { name: 'Table' }).check({ force: true });
    await arrange(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const path = join(folder, 'mine.json');
    await download.saveAs(path);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).homeWide.view, 'table');
    await page.getByRole('radio', { name: 'Cards' }).check({ force: true });
    await page.getByRole('button', { name: 'Arrange' }).press('Enter');
    const input = page.getByTestId('preferences-file');
    const bad = { name: 'bad.json', mimeType: 'application/json' };
    await input.setInputFiles({ ...bad, buffer: Buffer.from('{"homeWide": {"view": "spiral"}}') });
    await page.getByText('Nothing was changed.').waitFor();
    assert.equal(await page.getByRole('radio', { name: 'Cards' }).isChecked(), true);
    await input.setInputFiles(path);
    await page.getByText('Imported.').waitFor();
    assert.equal(await page.getByRole('radio', { name: 'Table' }).isChecked(), true);
    await page.context().close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('many devices are chosen by range and edited at once, found by what they were given, and failures are told by name', async () => {
  const page = await home();
  await page.getByRole('radio', { name: 'Cards' }).check({ force: true });
  await arrange(page);
  await page.getByLabel('Sort by').selectOption('name');
  await page.keyboard.press('Escape');
  await isOrder(page, '12345678');
  await page.getByLabel('Select sim-0002').click();
  await page.getByLabel('Select sim-0005').click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected devices' });
  await bar.getByText('4 selected').waitFor();
  await bar.getByRole('button', { name: 'Restart' }).click();
  await page.getByRole('dialog', { name: 'Restart 4 devices?' }).getByRole('button', { name: 'Cancel' }).click();
  await bar.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit 4 devices' });
  await edit.getByLabel('Group', { exact: true }).fill('Big lab');
  await edit.getByLabel('Add tags').fill('loud, old');
  await edit.getByRole('button', { name: 'Apply' }).click();
  await edit.waitFor({ state: 'detached' });
  const search = page.getByRole('combobox', { name: 'Search devices' });
  await search.fill('group:b');
  await page.getByRole('option', { name: 'group:Big lab' }).click();
  await isOrder(page, '2345');
  await search.fill('-tag:loud cpu>=0');
  await isOrder(page, '1678');
  await search.fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Devices' }).click();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+a');
  await bar.getByText('8 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('Select sim-0007').click();
  await page.getByLabel('Select sim-0008').click();
  await bar.getByRole('button', { name: 'Remove' }).click();
  const remove = page.getByRole('dialog', { name: 'Remove 2 devices?' });
  await removeMeanwhile('sim-0008');
  await remove.getByRole('button', { name: 'Remove' }).click();
  await remove.getByRole('listitem').waitFor();
  assert.equal(await remove.getByRole('listitem').count(), 1);
  await remove.getByRole('button', { name: 'Close' }).click();
  await isOrder(page, '123456');
  await page.getByRole('button', { name: 'Favourite: sim-0004' }).click();
  await search.fill('is:favourite');
  await isOrder(page, '4');
  await search.fill('');
  await arrange(page);
  await page.getByLabel('Favourites first').check({ force: true });
  await isOrder(page, '412356');
  await page.context().close();
});

/** Somebody else was quicker. */
async function removeMeanwhile(name: string): Promise<void> {
  using api = new ApiClient(hub.url);
  await api.signIn(ADMIN.username, ADMIN.password);
  const devices = (await api.request('GET', '/api/devices')).json<{ id: string; name: string }[]>();
  const id = devices.find((device) => device.name === name)?.id;
  assert.equal((await api.request('DELETE', `/api/devices/${id}`)).status, 204);
}
