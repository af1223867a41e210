import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { TerminalReport } from '../../packages/portal/src/features/terminal/terminalReport.ts';
import { eventually } from '../support/eventually.ts';
import { ADMIN, House, showsExactly, VIEWER } from './house.ts';

let house: House;
before(async () => {
  house = await House.build('desk', 'attic');
});
after(() => house[Symbol.asyncDispose]());

const pages: Page[] = [];
/** What one test arranged is not there for the next. */
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  const api = await house.api();
  for (const part of ['workspaces', 'layouts']) await api.request('DELETE', `/api/preferences/${part}`);
});

/** A device's page in a browser of its own. */
async function watch(name: string, user = ADMIN): Promise<Page> {
  const page = await house.watch(name, user);
  pages.push(page);
  return page;
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
/** A panel's tab in the strip of its place. */
const strip = (page: Page, name: string) => page.getByRole('option', { name, exact: true });
const panel = (page: Page, kind: string) => page.locator(`[data-panel=${kind}][data-shown]`);

/** Chooses something of the menu for the panel in front. */
async function arrange(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Arrange panels' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Gives the keyboard back to the page, whatever has it. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+Shift');
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  assert.ok(box, 'it is on the page');
  return box;
}

/** Drags something to a point inside a panel, told in shares of its box. */
async function drag(page: Page, what: Locator, onto: Locator, at: { x: number; y: number }): Promise<void> {
  const { x, y, width, height } = await boxOf(onto);
  await what.hover();
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width * at.x, y + height * at.y, { steps: 4 });
  await page.mouse.up();
}

async function visit(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Devices', exact: true }).click();
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
}

test('panels are put beside each other by the mouse, and are so in a second browser', async () => {
  const errors: string[] = [];
  const page = await watch('desk');
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await showsExactly(page, house.device('desk'));
  assert.equal(await page.getByRole('option').count(), 0, 'one panel needs no strip of tabs');
  await drag(page, tab(page, 'Files'), panel(page, 'screen'), { x: 0.95, y: 0.5 });
  await panel(page, 'files').waitFor();
  const [screen, files] = [await boxOf(panel(page, 'screen')), await boxOf(panel(page, 'files'))];
  assert.ok(files.x >= screen.x + screen.width && Math.abs(files.height - screen.height) <= 2, 'beside');
  await tab(page, 'Terminal').click();
  await panel(page, 'files').waitFor({ state: 'hidden' });
  await drag(page, strip(page, 'Terminal'), panel(page, 'terminal'), { x: 0.5, y: 0.95 });
  await panel(page, 'files').waitFor();
  const [above, below] = [await boxOf(panel(page, 'files')), await boxOf(panel(page, 'terminal'))];
  assert.ok(below.y >= above.y + above.height, 'below');
  assert.match(page.url(), /\/terminal/);
  await eventually('it is kept', async () => /terminal/.test(await workspaces()));
  const other = await watch('desk');
  for (const kind of ['screen', 'files', 'terminal']) await panel(other, kind).waitFor();
  const [there, beside] = [await boxOf(panel(other, 'files')), await boxOf(panel(other, 'screen'))];
  assert.ok(there.x >= beside.x + beside.width);
  assert.deepEqual(errors, [], 'nothing that the page’s policy refuses');
});

async function workspaces(): Promise<string> {
  return JSON.stringify(await (await house.api()).get<object>('/api/preferences'));
}

test('everything that the mouse does is done by the keyboard: move, float, maximise, close', async () => {
  const page = await watch('desk');
  await tab(page, 'Files').click();
  await panel(page, 'files').waitFor();
  await page.getByRole('button', { name: 'Arrange panels' }).focus();
  await page.keyboard.press('Enter');
  const right = page.getByRole('menuitem', { name: 'Move right' });
  await right.waitFor();
  for (let at = 0; at < 20 && !(await right.evaluate((item) => item === document.activeElement)); at += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await panel(page, 'screen').waitFor();
  assert.ok((await boxOf(panel(page, 'files'))).x > (await boxOf(panel(page, 'screen'))).x);
  await arrange(page, 'Move left');
  await eventually('it is on the left', async () => {
    return (await boxOf(panel(page, 'files'))).x < (await boxOf(panel(page, 'screen'))).x;
  });
  const room = await boxOf(panel(page, 'screen'));
  await arrange(page, 'Maximise');
  await panel(page, 'screen').waitFor({ state: 'hidden' });
  await arrange(page, 'As large as before');
  await panel(page, 'screen').waitFor();
  await arrange(page, 'Let it float');
  await eventually('the others have all room', async () => (await boxOf(panel(page, 'screen'))).width > room.width);
  await panel(page, 'files').waitFor();
  await arrange(page, 'Close panel');
  await panel(page, 'files').waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('option').count(), 0);
  assert.equal(await tab(page, 'Screen').getAttribute('aria-selected'), 'true');
});

test('two devices stand side by side, and the header is that of the one in front', async () => {
  const page = await watch('desk');
  await showsExactly(page, house.device('desk'));
  await leave(page);
  await arrange(page, 'Another device beside…');
  await page.getByRole('combobox').fill('attic');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'attic', exact: true }).waitFor();
  await eventually('both are shown', async () => (await panel(page, 'screen').count()) === 2);
  const control = page.getByRole('button', { name: 'Release' });
  await control.waitFor();
  assert.equal(await control.count(), 1);
  await strip(page, 'Screen · desk').click();
  await page.getByRole('heading', { name: 'desk', exact: true }).waitFor();
  await house.device('attic').painter.fill({ x: 0, y: 0, width: 100, height: 100, color: 0x20a060 });
  await page.reload();
  await eventually('both are back', async () => (await page.getByTestId('screen').count()) === 2);
});

test('a device that was left is as it was: the same session, the same picture, nothing watched meanwhile', async () => {
  const page = await watch('desk');
  await showsExactly(page, house.device('desk'));
  await tab(page, 'Terminal').click();
  await eventually('there is a prompt', async () => (await report(page))?.phase === 'live');
  await page.keyboard.type('echo warm$((40 + 2))\n');
  await eventually('it ran', async () => (await report(page))?.lines.some((line) => line === 'warm42'));
  const session = page.url();
  await leave(page);
  await tab(page, 'Screen').click();
  await showsExactly(page, house.device('desk'));
  await visit(page, 'attic');
  await showsExactly(page, house.device('attic'));
  const api = await house.api();
  const viewers = async (name: string) => {
    const devices = await api.get<{ name: string; viewers: unknown[] }[]>('/api/devices');
    return devices.find((device) => device.name === name)?.viewers.length;
  };
  await eventually('nobody watches what nobody sees', async () => (await viewers('desk')) === 0);
  const warm = page.getByRole('list', { name: 'Open devices' });
  const painted = page.evaluate(() => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = () => {
      const canvas = document.querySelector<HTMLCanvasElement>(
        '[data-workspace][data-shown] canvas[data-testid=screen]',
      );
      const name = document.querySelector('[data-workspace][data-shown] h1')?.textContent;
      if (name === 'desk' && canvas) resolve(canvas.style.visibility !== 'hidden' && canvas.width === 800);
      else requestAnimationFrame(look);
    };
    look();
    return promise;
  });
  await warm.getByRole('link', { name: 'desk' }).click();
  assert.equal(await painted, true, 'the picture is there in the first frame');
  await showsExactly(page, house.device('desk'));
  await eventually('it is watched again', async () => (await viewers('desk')) === 1);
  await tab(page, 'Terminal').click();
  assert.equal(page.url(), session);
  const { lines, phase } = (await report(page)) ?? {};
  assert.deepEqual(
    [lines?.includes('warm42'), phase],
    [true, 'live'],
    'what was written is there without asking the device',
  );
  await warm.getByRole('button', { name: 'Close attic' }).click({ force: true });
  assert.deepEqual(
    await warm.getByRole('link').allInnerTexts(),
    await warm.getByRole('link', { name: 'desk' }).allInnerTexts(),
  );
});

function report(page: Page): Promise<TerminalReport | undefined> {
  return page.evaluate((): TerminalReport | undefined => window.porthole?.terminal?.());
}

test('a layout is saved by name, applied to another device in another browser, and deleted', async () => {
  const page = await watch('desk');
  await tab(page, 'Notes').click();
  await arrange(page, 'Move right');
  await panel(page, 'screen').waitFor();
  await arrange(page, 'Save as a layout…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Night watch');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await arrange(page, 'Screen alone');
  await panel(page, 'notes').waitFor({ state: 'hidden' });
  await eventually('it is saved', async () => /Night watch/.test(await workspaces()));
  const other = await watch('attic');
  await tab(other, 'Screen').waitFor();
  await arrange(other, 'Night watch');
  await panel(other, 'notes').waitFor();
  await panel(other, 'screen').waitFor();
  await arrange(other, 'Rename or delete…');
  await other.getByRole('button', { name: 'Delete Night watch' }).click();
  await other.getByRole('button', { name: 'Done' }).click();
  await eventually('it is gone', async () => !/Night watch/.test(await workspaces()));
});

test('what an administrator shares for a device is what others begin with', async () => {
  const page = await watch('desk');
  await tab(page, 'Notes').click();
  await arrange(page, 'Move right');
  await arrange(page, 'Share for this device');
  await page.getByText('Everybody who opens this device now begins with it.').waitFor();
  const other = await watch('desk', VIEWER);
  await panel(other, 'notes').waitFor();
  await panel(other, 'screen').waitFor();
  await arrange(page, 'Share it no longer');
  await page.getByText('It is shared no longer.').waitFor();
});

test('layouts that no longer fit, or never did, are opened as far as they can be, with a word', async () => {
  const api = await house.api();
  const devices = await api.get<{ id: string; name: string }[]>('/api/devices');
  const id = devices.find(({ name }) => name === 'desk')?.id ?? '';
  const gone = {
    nodes: [
      { share: 0.5, panels: [{ kind: 'screen' }] },
      { share: 0.5, panels: [{ kind: 'screen', device: 'a'.repeat(26) }, { kind: 'weather' }] },
    ],
  };
  const cases: [string, RegExp][] = [
    [JSON.stringify(gone), /2 panels of this layout/],
    ['{"nodes":[{"panels"', /could not be read/],
    ['{"nodes":[{"nodes":[]}],"floating":[{"panels":"<script>"}]}', /could not be read/],
  ];
  for (const [layout, word] of cases) {
    await api.request('PUT', '/api/preferences/workspaces', { body: { value: { [id]: layout } } });
    const page = await watch('desk');
    await page.getByText(word).waitFor();
    await showsExactly(page, house.device('desk'));
    await page.close();
  }
});

test('on a phone there is one panel at a time, with the tabs, whatever was arranged', async () => {
  const page = await watch('desk');
  await tab(page, 'Files').click();
  await arrange(page, 'Move right');
  await eventually('it is kept', async () => /files/.test(await workspaces()));
  await page.setViewportSize({ width: 390, height: 780 });
  await panel(page, 'screen').waitFor({ state: 'hidden' });
  await panel(page, 'files').waitFor();
  await tab(page, 'Terminal').click();
  await panel(page, 'terminal').waitFor();
  assert.equal(await page.getByRole('option').count(), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const kind of ['screen', 'terminal']) await panel(page, kind).waitFor();
  await strip(page, 'Files').waitFor();
});

test('the palette leads to a device and to an action by the keyboard alone, but not while a screen has the keyboard', async () => {
  const page = await house.page();
  pages.push(page);
  await page.getByRole('link', { name: /^desk/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('attic term');
  await page.keyboard.press('Enter');
  await panel(page, 'terminal').waitFor();
  await eventually('there is a prompt', async () => (await report(page))?.phase === 'live');
  await page.keyboard.press('Control+k');
  assert.equal(await page.getByRole('combobox').count(), 0, 'the terminal has the keyboard');
  await leave(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('screen attic');
  await page.keyboard.press('Enter');
  await showsExactly(page, house.device('attic'));
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await page.locator('textarea[aria-label*="attic"]').first().focus();
  await page.keyboard.press('Control+k');
  assert.equal(await page.getByRole('combobox').count(), 0, 'the screen has the keyboard');
  await leave(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('release');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take control' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
});

test('notes are written by an administrator, saved by themselves, and seen by others with their links', async () => {
  const page = await watch('desk');
  await tab(page, 'Notes').click();
  await page.getByRole('button', { name: 'Edit notes' }).click();
  await page
    .getByRole('textbox', { name: 'Notes' })
    .fill('behind the shelf\nsee https://wiki.lan/desk. <b>x</b> javascript:alert(1)');
  await page.getByText('Saved', { exact: true }).waitFor();
  const other = await watch('desk');
  await tab(other, 'Notes').click();
  const link = other.getByRole('link', { name: 'https://wiki.lan/desk' });
  assert.deepEqual(
    [await link.getAttribute('href'), await link.getAttribute('rel')],
    ['https://wiki.lan/desk', 'noopener noreferrer'],
  );
  await other.getByText('<b>x</b> javascript:alert(1)').waitFor();
  await other.getByRole('button', { name: 'Edit notes' }).click();
  // What is written here does not reach the hub for a while.
  await page.route('**/api/devices/profiles', (route) => route.abort());
  await page.getByRole('textbox', { name: 'Notes' }).fill('mine');
  await page.getByText('Not saved yet').waitFor();
  await other.getByRole('textbox', { name: 'Notes' }).fill('theirs');
  await page.getByText('Somebody else changed these notes meanwhile.').waitFor();
  await page.unroute('**/api/devices/profiles');
  await other.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await other.getByText('mine', { exact: true }).waitFor();
});
