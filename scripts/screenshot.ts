import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PLAIN_SHELL, startAgent } from '../tests/support/agent.ts';
import { openBrowser, type PageOptions, signIn, type TestBrowser } from '../tests/support/browser.ts';
import { readCanvas } from '../tests/support/canvas.ts';
import { eventually } from '../tests/support/eventually.ts';
import { addUser, type Hub, startHub } from '../tests/support/hub.ts';
import { ROOT } from './lib/install.mjs';
import { buildPortal } from './lib/portal.ts';
import { SampleFolder } from './screenshot/folder.ts';
import { SCENES, setStage } from './screenshot/scene.ts';

const IMAGES = join(ROOT, 'docs', 'images');
const USERS = [
  { name: 'ann', role: 'admin', password: 'correct horse battery' },
  { name: 'ben', role: 'viewer', password: 'correct horse battery' },
] as const;

const LOOKS: Record<string, PageOptions> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 },
  phone: {
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
};

/**
 * Pictures of the portal for the documentation, taken from a running system: `docs/images/{home,device,files,terminal,health}-{look}.png` and
 * `workspace-dark.png`.
 */
async function main(): Promise<void> {
  buildPortal();
  mkdirSync(IMAGES, { recursive: true });
  await using stack = new AsyncDisposableStack();
  const stages = [];
  for (const scene of SCENES) stages.push({ scene, stage: stack.use(await setStage(scene)) });
  const hub = stack.use(await startHub());
  for (const user of USERS) await addUser(hub, user);
  for (const { scene, stage } of stages) {
    stack.use(await startAgent({ hub, display: stage.display, name: scene.name, policy: PLAIN_SHELL }));
  }
  const folder = stack.use(new SampleFolder());
  const browser = stack.use(await openBrowser());
  await openDevice(await visit(browser, hub, {}, 1));
  for (const [look, options] of Object.entries(LOOKS)) {
    const page = await visit(browser, hub, options);
    await takePictures(page, look);
    await openFolder(page, folder.path);
    await shoot(page, `files-${look}`);
    await openTerminal(page, folder.path);
    await shoot(page, `terminal-${look}`);
    await openHealth(page);
    await shoot(page, `health-${look}`);
    await page.context().close();
  }
  const page = await visit(browser, hub, LOOKS.dark ?? {});
  await openSideBySide(page, folder.path);
  await shoot(page, 'workspace-dark');
}

async function takePictures(page: Page, look: string): Promise<void> {
  await eventually('all cards have a picture', async () => {
    const loaded = await page
      .locator('img')
      .evaluateAll(
        (images) => images.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length,
      );
    return loaded >= SCENES.length;
  });
  await shoot(page, `home-${look}`);
  await openDevice(page);
  await shoot(page, `device-${look}`);
}

/** Signed in as one of the users, on the home page. */
async function visit(browser: TestBrowser, hub: Hub, options: PageOptions, who = 0): Promise<Page> {
  const page = await browser.newPage(options);
  const { name, password } = USERS[who] ?? USERS[0];
  await signIn(page, hub.url, { username: name, password });
  return page;
}

async function openDevice(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^atelier/ }).click();
  await eventually('the screen shows', async () =>
    (await readCanvas(page)).rgba.some((value, at) => at % 4 < 3 && value > 0),
  );
}

/** The files of the open device, as tiles with their pictures. */
async function openFolder(page: Page, path: string): Promise<void> {
  await page.goto(`${page.url().replace(/\/$/, '')}/files${path}`);
  await page.getByRole('button', { name: 'Grid' }).click();
  await page.locator('img').first().waitFor();
}

/** What a terminal is shown with. */
const LINES = [
  "PS1='ann@atelier:~/Workshop$ '; clear",
  'ls -l --color=always',
  'column -s, -t Measures.csv | head -8',
  'grep -c . *.md',
];

/** A terminal in a folder of the device that is open, in which somebody has looked around. */
async function openTerminal(page: Page, folder: string): Promise<void> {
  const device = page.url().replace(/\/files.*$/, '');
  await page.goto(`${device}/terminal?folder=${encodeURIComponent(folder)}`);
  await eventually('the terminal is live', () =>
    page.evaluate<boolean>('window.porthole?.terminal?.()?.phase === "live"'),
  );
  await page.getByTestId('terminal').click();
  for (const line of LINES) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500);
  }
}

/** The health of the open device, when there is a minute of it. */
async function openHealth(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Health', exact: true }).click();
  await page.getByText('1 min', { exact: true }).click();
  await page.waitForTimeout(30_000);
}

/** The screen, and a terminal to its right. The arrangement is remembered, so this comes last. */
async function openSideBySide(page: Page, folder: string): Promise<void> {
  await openDevice(page);
  await openTerminal(page, folder);
  await page.keyboard.press('Control+Alt+Shift');
  for (const panel of ['Screen', 'Terminal']) await page.getByRole('tab', { name: panel, exact: true }).click();
  await page.getByRole('button', { name: 'Arrange panels' }).click();
  await page.getByRole('menuitem', { name: 'Move right', exact: true }).click();
  await page.getByRole('tab', { name: 'Screen', exact: true }).click();
}

/** After what fades in has faded in and figures have settled. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(2_500);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}

await main();
