import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { findBarriers } from '../../support/findBarriers.ts';
import { startHub } from '../../support/hub.ts';
import { House } from '../house.ts';

let house: House;
let page: Page;
/** Of the device's page. */
let address: string;

before(async () => {
  house = await House.build('desk');
  page = await house.page();
  // What is still fading in has another contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const href = await page.getByRole('link', { name: /^desk/ }).getAttribute('href');
  address = new URL(href ?? '', house.hub.url).href;
});
after(() => house[Symbol.asyncDispose]());

/** Nothing that keeps anybody out, in both colour schemes. */
async function assertOpenToAll(on = page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await findBarriers(on), [], colorScheme);
  }
}

async function visit(path: string, heading: string | RegExp): Promise<void> {
  await page.goto(new URL(path, house.hub.url).href);
  await page.getByRole('heading', { name: heading }).first().waitFor();
}

async function home(): Promise<void> {
  await page.goto(house.hub.url);
  await page.getByRole('link', { name: /^desk/ }).waitFor();
}

/** The page of the only device, with a panel open. */
async function device(panel: string): Promise<void> {
  await page.goto(`${address}/${panel}`);
}

test('a page with a barrier is found', async () => {
  const bare = await house.browser.newPage();
  await bare.setContent('<html lang="en"><title>Bare</title><main><button></button></main></html>');
  assert.match((await findBarriers(bare)).join(), /button-name at button/);
  await bare.context().close();
});

test('the way in is open to all', async () => {
  const stranger = await house.browser.newPage();
  await stranger.goto(house.hub.url);
  await stranger.getByRole('button', { name: 'Sign in' }).waitFor();
  await assertOpenToAll(stranger);
  await stranger.getByRole('textbox', { name: 'User name' }).fill('nobody');
  await stranger.getByLabel('Password', { exact: true }).fill('wrong wrong wrong');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
  await assertOpenToAll(stranger);
  await stranger.context().close();
});

test('the first start is open to all', async () => {
  await using fresh = await startHub();
  const first = await house.browser.newPage();
  await first.goto(fresh.url);
  await first.getByRole('textbox', { name: 'Setup code' }).waitFor();
  await assertOpenToAll(first);
  await first.context().close();
});

describe('home is open to all', () => {
  for (const view of ['Cards', 'Table', 'Compact list', 'Wall of pictures']) {
    test(`as ${view.toLowerCase()}`, async () => {
      await home();
      await page
        .getByRole('radio', { name: view })
        .or(page.getByRole('button', { name: view }))
        .first()
        .click();
      await page.getByRole('link', { name: /^desk/ }).waitFor();
      await assertOpenToAll();
    });
  }

  test('with the dialog that adds a device', async () => {
    await home();
    await page.getByRole('button', { name: 'Add device' }).click();
    await page.getByRole('dialog').waitFor();
    await assertOpenToAll();
  });

  test('with the dialog of a profile', async () => {
    await home();
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Edit…' }).waitFor();
    await assertOpenToAll();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await page.getByRole('dialog').waitFor();
    await assertOpenToAll();
  });

  test('with what arranges it', async () => {
    await home();
    await page.getByRole('button', { name: 'Arrange' }).click();
    await page.getByText('Shown, in this order').waitFor();
    await assertOpenToAll();
  });
});

describe('a device is open to all', () => {
  test('its screen', async () => {
    await device('');
    await eventually('there is a picture', () => page.getByTestId('screen').isVisible());
    await assertOpenToAll();
  });

  test('its files', async () => {
    await device('files');
    await page.getByText('Drives').first().waitFor();
    await assertOpenToAll();
  });

  test('a folder of it', async () => {
    await device('files/etc');
    await page.getByRole('row').nth(1).waitFor();
    await assertOpenToAll();
  });

  test('its terminal', async () => {
    await device('terminal');
    await page.getByTestId('terminal').locator('.xterm').first().waitFor();
    await assertOpenToAll();
  });

  test('its health', async () => {
    await device('health');
    await page.getByText('Cores').first().waitFor();
    await assertOpenToAll();
  });

  test('its notes', async () => {
    await device('notes');
    await page.getByRole('button', { name: 'Edit notes' }).waitFor();
    await assertOpenToAll();
  });
});

test('the menus are open to all', async () => {
  const menus = [
    ['health', /^Account of/],
    ['health', 'Arrange panels'],
    ['health', 'Live feeds'],
    ['terminal', 'More ways to begin'],
    ['', 'Picture settings'],
  ] as const;
  for (const [panel, name] of menus) {
    await device(panel);
    await page.getByRole('button', { name }).first().click();
    await page.getByRole('menu').or(page.getByRole('dialog')).first().waitFor();
    await assertOpenToAll();
  }
});

test('running commands is open to all', async () => {
  await visit('/run', /./);
  await assertOpenToAll();
});

test('alerts are open to all', async () => {
  await visit('/alerts', /Alerts/);
  await assertOpenToAll();
});

describe('the settings are open to all', () => {
  const sections = {
    appearance: 'Appearance',
    home: 'Home and layouts',
    hub: 'This hub',
    sending: 'What devices send',
    history: 'History',
    alerts: 'Alerts',
    account: 'Account',
    about: 'About',
  };
  for (const [section, heading] of Object.entries(sections)) {
    test(heading, async () => {
      await visit(`/settings/${section}`, heading);
      await assertOpenToAll();
    });
  }
});

test('the palette and the list of shortcuts are open to all', async () => {
  await home();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('de');
  await assertOpenToAll();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await assertOpenToAll();
});

test('other accents are open to all', async () => {
  await visit('/settings/appearance', 'Appearance');
  for (const accent of ['Grey', 'Yellow', 'Blue']) {
    await page.getByRole('radio', { name: accent, exact: true }).check();
    await assertOpenToAll();
  }
});
