import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPortal } from '../../scripts/lib/portal.ts';
import { startAgent } from './agent.ts';
import { openBrowser, signIn } from './browser.ts';
import { readCanvas, readPixel } from './canvas.ts';
import { eventually } from './eventually.ts';
import { addUser, startHub } from './hub.ts';
import { listProcesses, processTree } from './processes.ts';
import { painter } from './x11/painter.ts';
import { startXvfb } from './x11/xvfb.ts';

const USER = { username: 'ann', password: 'correct horse battery' };

test('pixels painted on a display are read back from the page that shows it', async () => {
  buildPortal();
  await using stack = new AsyncDisposableStack();
  const server = await startXvfb({ width: 640, height: 480 });
  stack.defer(() => server.close());
  const display = await painter(server.display);
  stack.defer(() => display.close());
  await display.fill({ x: 0, y: 0, width: 640, height: 480, color: 0x204060 });
  const hub = stack.use(await startHub());
  await addUser(hub, { name: USER.username, role: 'admin', password: USER.password });
  stack.use(await startAgent({ hub, display: server.display, name: 'desk' }));
  const browser = stack.use(await openBrowser());
  const page = await browser.newPage();
  await signIn(page, hub.url, USER);
  await page.getByRole('link', { name: /^desk/ }).click();
  await eventually('the colour shows', async () => (await readPixel(page, 639, 479)).join() === '32,64,96');
  await display.fill({ x: 100, y: 50, width: 10, height: 10, color: 0xff8000 });
  await eventually('the change shows', async () => (await readPixel(page, 105, 55)).join() === '255,128,0');
  const { width, height, rgba } = await readCanvas(page);
  assert.deepEqual([width, height, rgba.byteLength], [640, 480, 640 * 480 * 4]);
});

test('a browser can be stopped where it stands, and leaves nothing behind', async () => {
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.setContent('<h1>one</h1>');
  browser.pause();
  await eventually('all stand', () => processTree(browser.pid).every(({ state }) => state === 'T'));
  browser.resume();
  assert.equal(await page.textContent('h1'), 'one');
  const pids = processTree(browser.pid).map(({ pid }) => pid);
  await browser.close();
  await eventually('all its processes are gone', () => !listProcesses().some(({ pid }) => pids.includes(pid)));
});
