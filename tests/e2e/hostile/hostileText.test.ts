import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ApiClient } from '../../support/apiClient.ts';
import { brokenLayout } from '../../support/brokenLayout.ts';
import { openBrowser, signIn, type TestBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import { HostileDevice } from '../../support/hostileDevice.ts';
import { addUser, createToken, type Hub, startHub } from '../../support/hub.ts';
import { ADMIN } from '../house.ts';

const WIDE = { width: 1280, height: 800 };
const WINDOWS = [WIDE, { width: 360, height: 740 }];
/** Each begins with another text, so that every field of the list has several of them. */
const FIRSTS = [0, 1, 3, 6, 8];

const stack = new AsyncDisposableStack();
let hub: Hub;
let browser: TestBrowser;
let page: Page;
let address: string;
/** What the page did that no page of ours does. */
const deeds: string[] = [];

before(async () => {
  hub = stack.use(await startHub());
  await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
  for (const first of FIRSTS) {
    const name = first === 1 ? 'x'.repeat(64) : `<b>dev</b> ${first}`;
    stack.use(await HostileDevice.connect(hub.url, await createToken(hub), { name, first }));
  }
  await arrangeHostilely();
  browser = stack.use(await openBrowser());
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused/.test(message.text()))
      deeds.push(message.text());
  });
  page.on('pageerror', (error) => deeds.push(String(error)));
  await signIn(page, hub.url, ADMIN);
  const href = await page
    .getByRole('link', { name: /^<b>dev/ })
    .first()
    .getAttribute('href');
  address = new URL(href ?? '', hub.url).href;
});
after(() => stack.disposeAsync());

/** What an admin may write about devices, as somebody would who wants to break the page of others. */
async function arrangeHostilely(): Promise<void> {
  const api = new ApiClient(hub.url);
  await api.signIn(ADMIN.username, ADMIN.password);
  const devices = await api.get<{ id: string }[]>('/api/devices');
  for (const { id } of devices) {
    const profile = {
      number: 999_999,
      icon: 'rack',
      colour: 'pink',
      group: `<img src=x onerror=window.ran=1>${'g'.repeat(32)}`,
      tags: ['<script>ran=1</script>', 'w'.repeat(32), 'מ'.repeat(32), '"onclick="ran=1'],
      notes: `javascript:window.ran=true <script>window.ran=true</script> ${'n'.repeat(2_000)}\nhttps://x.invalid/"onclick="ran=1`,
    };
    const { status } = await api.request('PUT', `/api/devices/${id}/profile`, { body: profile });
    assert.equal(status, 204);
  }
}

/** In both windows: nothing ran, nothing hangs out, everything can be got at. */
async function assertUnharmed(): Promise<void> {
  for (const viewport of WINDOWS) {
    await page.setViewportSize(viewport);
    // Panels follow the size of the window in a turn of their own.
    await eventually(`nothing is out of a window of ${viewport.width} px`, async () => {
      const broken = await brokenLayout(page);
      if (broken.length > 0) throw new Error(broken.slice(0, 5).join('\n'));
      return true;
    });
  }
  await page.setViewportSize(WIDE);
  assert.equal(await page.evaluate(() => 'ran' in window), false, 'nothing of it ran');
  assert.deepEqual(deeds, []);
}

describe('hostile texts of devices and admins do no harm', () => {
  for (const view of ['Cards', 'Table', 'Compact list', 'Wall of pictures']) {
    test(`on the home page as ${view.toLowerCase()}`, async () => {
      await page.goto(hub.url);
      await page
        .getByRole('radio', { name: view })
        .or(page.getByRole('button', { name: view }))
        .first()
        .click();
      await page
        .getByRole('link', { name: /^<b>dev/ })
        .first()
        .waitFor();
      await assertUnharmed();
    });
  }

  test('in the dialog of a profile', async () => {
    await page.goto(hub.url);
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await page.getByRole('dialog').waitFor();
    await assertUnharmed();
  });

  for (const panel of ['', 'files', 'terminal', 'health', 'notes']) {
    test(`on the page of a device, ${panel === '' ? 'screen' : panel}`, async () => {
      await page.goto(`${address}/${panel}`);
      await page
        .getByRole('tab', { name: 'Screen' })
        .or(page.getByRole('button', { name: 'Screen', exact: true }))
        .first()
        .waitFor();
      await assertUnharmed();
    });
  }

  for (const [section, shows] of Object.entries({
    Now: 'Cores',
    Processes: '4000000',
    About: 'Kernel',
    Sending: 'Heartbeats and the like',
  })) {
    test(`in its health, ${section}`, async () => {
      await page.goto(`${address}/health`);
      await page
        .getByRole('tab', { name: section })
        .or(page.getByRole('button', { name: section, exact: true }))
        .first()
        .click();
      await page.getByText(shows).first().waitFor();
      await assertUnharmed();
    });
  }

  for (const path of ['/run', '/alerts', '/settings/home']) {
    test(`on ${path}`, async () => {
      await page.goto(new URL(path, hub.url).href);
      await page.getByRole('heading').first().waitFor();
      await assertUnharmed();
    });
  }

  test('in the palette', async () => {
    await page.goto(hub.url);
    await page
      .getByRole('link', { name: /^<b>dev/ })
      .first()
      .waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Commands' }).fill('dev');
    await page.getByRole('option').first().waitFor();
    await assertUnharmed();
  });
});

test('a layout that breaks is noticed', async () => {
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.style.cssText = 'position:fixed;left:2000px;width:40px;height:40px';
    document.body.append(button);
  });
  assert.match((await brokenLayout(page)).join(), /out of the window: <button/);
});
