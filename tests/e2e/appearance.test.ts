import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, signIn, type TestBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, type Hub, startHub } from '../support/hub.ts';
import { ADMIN, VIEWER } from './house.ts';

/** A picture of one green pixel. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const stack = new AsyncDisposableStack();
let hub: Hub;
let browser: TestBrowser;
let page: Page;

before(async () => {
  hub = stack.use(await startHub());
  await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
  await addUser(hub, { name: VIEWER.username, role: 'viewer', password: VIEWER.password });
  browser = stack.use(await openBrowser());
  page = await browser.newPage({ colorScheme: 'light' });
  await signIn(page, hub.url, ADMIN);
});
after(() => stack.disposeAsync());

async function settings(section: string): Promise<void> {
  await page.goto(new URL(`/settings/${section}`, hub.url).href);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

/** What the style sheets go by, and the ground that they make of it. */
function look(on: Page) {
  return on.evaluate(() => {
    const { accent, density, mantineColorScheme: scheme } = document.documentElement.dataset;
    return { accent, density, scheme, ground: getComputedStyle(document.body).backgroundColor };
  });
}

/** A page of another browser, signed in by hand: what it speaks is not known before. */
async function elsewhere(user: typeof ADMIN): Promise<Page> {
  const other = await browser.newPage({ colorScheme: 'light' });
  await other.goto(hub.url);
  await other.locator('input').first().fill(user.username);
  await other.locator('input[type=password]').fill(user.password);
  await other.locator('button[type=submit]').click();
  await other.locator('nav').first().waitFor();
  return other;
}

async function close(other: Page): Promise<void> {
  await other.context().close();
}

const DARK = 'rgb(20, 20, 22)';

describe('how the portal looks', () => {
  test('colours, accent and density hold at once', async () => {
    await settings('appearance');
    await page.getByRole('radio', { name: 'Dark', exact: true }).check();
    await page.getByRole('radio', { name: 'Teal' }).check();
    await page.getByRole('radio', { name: 'Compact' }).check();
    assert.deepEqual(await look(page), { accent: 'teal', density: 'compact', scheme: 'dark', ground: DARK });
  });

  test('a page looks so before its programs have come', async () => {
    await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
    await page.reload();
    assert.deepEqual(await look(page), { accent: 'teal', density: 'compact', scheme: 'dark', ground: DARK });
    await page.unroute(/\/assets\/.*\.js$/);
  });

  test('it follows the person to another browser, and nobody else', async () => {
    const own = await elsewhere(ADMIN);
    await eventually('the other browser looks the same', async () => (await look(own)).accent === 'teal');
    assert.equal((await look(own)).ground, DARK);
    await close(own);
    const others = await elsewhere(VIEWER);
    assert.deepEqual((await look(others)).accent, 'blue');
    await close(others);
  });

  test('an admin makes it the default of those who chose nothing', async () => {
    await settings('appearance');
    await page.getByRole('button', { name: 'Make this the default for everybody' }).click();
    await page.getByText('Whoever chose nothing else').waitFor();
    const others = await elsewhere(VIEWER);
    await eventually('the default holds', async () => (await look(others)).accent === 'teal');
    await close(others);
  });
});

describe('what the portal speaks', () => {
  test('German, from the choice on, after a reload, and in another browser', async () => {
    await settings('appearance');
    await page.getByRole('radio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    assert.match(await page.title(), /Darstellung/);
    await page.reload();
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
    const own = await elsewhere(ADMIN);
    await own.getByRole('link', { name: 'Geräte', exact: true }).waitFor();
    await close(own);
  });

  test('refusals of the hub, too', async () => {
    const door = await browser.newPage({ locale: 'de-AT' });
    await door.goto(hub.url);
    await door.getByRole('textbox', { name: 'Benutzername' }).fill('ada');
    await door.getByLabel('Passwort', { exact: true }).fill('falsch falsch');
    await door.getByRole('button', { name: 'Anmelden' }).click();
    await door.getByText('Benutzername oder Passwort ist falsch.').waitFor();
    await close(door);
  });

  test('and English again', async () => {
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });
});

describe('how an admin names and marks the hub', () => {
  test('everybody sees the name, before signing in and while they are', async () => {
    const others = await elsewhere(VIEWER);
    await settings('hub');
    await page.getByRole('textbox', { name: 'Name' }).fill('Werkstatt');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually('open pages hear of it', async () => (await others.title()) === 'Werkstatt');
    await close(others);
    const door = await browser.newPage();
    await door.goto(hub.url);
    await door.getByText('Werkstatt').waitFor();
    assert.equal(await door.title(), 'Sign in · Werkstatt');
    await close(door);
  });

  test('the picture stands on the way in', async () => {
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: LOGO });
    await page.getByText('The picture of this hub').waitFor();
    const door = await browser.newPage();
    await door.goto(hub.url);
    await eventually('the picture is there', () =>
      door.locator('main img').evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth === 1),
    );
    await close(door);
  });

  test('what is no picture is refused in plain words', async () => {
    const buffer = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer });
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    await page.getByText('The picture of this hub').waitFor();
  });
});

describe('shortcuts', () => {
  test('a question mark lists them, but not while somebody types', async () => {
    await page.goto(hub.url);
    await page.getByRole('heading').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await settings('hub');
    await page.getByRole('textbox', { name: 'Name' }).fill('');
    await page.keyboard.type('?');
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), '?');
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

describe('the account of who is signed in', () => {
  test('its password is changed, and other browsers are signed out', async () => {
    const mine = await elsewhere(VIEWER);
    const left = await elsewhere(VIEWER);
    await mine.goto(new URL('/settings/account', hub.url).href);
    const fill = async (current: string, next: string) => {
      await mine.getByRole('textbox', { name: 'Password now' }).fill(current);
      await mine.getByRole('textbox', { name: 'New password' }).fill(next);
      await mine.getByRole('button', { name: 'Change password' }).click();
    };
    await fill('not that one', 'a new password');
    await mine.getByText('That is not your password').waitFor();
    await fill(VIEWER.password, 'a new password');
    await mine.getByText('Your password is changed.').waitFor();
    await left.getByRole('heading', { name: 'Sign in' }).waitFor();
    await Promise.all([mine, left].map(close));
  });
});
