import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startAgent } from '../support/agent.ts';
import { openBrowser, signIn } from '../support/browser.ts';
import { startHub } from '../support/hub.ts';
import { TempDir } from '../support/tempDir.ts';
import { ADMIN, House } from './house.ts';

test('from the first start to the first device: set up, add a device with the copied token, see it', async () => {
  await using hub = await startHub();
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(hub.url);
  await page.getByRole('textbox', { name: 'Setup code' }).fill('WRONG-CODE-0000');
  await page.getByRole('textbox', { name: 'User name' }).fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.getByText('That setup code is not right').waitFor();
  await page.getByRole('textbox', { name: 'Setup code' }).fill(await hub.setupCode());
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.getByText('Add a device').first().waitFor();

  const show = page.getByRole('button', { name: 'Show the command' });
  if (await show.isVisible()) await show.click();
  const command = page.getByText(/porthole agent --hub https:\S+ --token ph1\./).first();
  await command.waitFor();
  const token = /--token (\S+)/.exec((await command.textContent()) ?? '')?.[1];
  assert.ok(token);
  await using agent = await startAgent({ hub, display: 'fake', name: 'first device', token });
  await page.getByRole('link', { name: /^first device/ }).click();
  await page.getByTestId('screen').waitFor();
  assert.match(page.url(), /\/devices\/[a-z2-7]{26}$/);
  assert.ok(agent.pid);
});

test('wrong passwords, signing out, and a session ended elsewhere', async () => {
  await using house = await House.build();
  const page = await house.browser.newPage();
  await page.goto(house.hub.url);
  await page.getByRole('textbox', { name: 'User name' }).fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('User name or password is wrong').waitFor();
  await signIn(page, house.hub.url, ADMIN);
  await page.getByText('Add a device').first().waitFor();
  const other = await page.context().newPage();
  await other.goto(house.hub.url);
  await other.getByRole('button', { name: /Account of/ }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
});

test('the certificate authority can be downloaded before signing in', async () => {
  await using house = await House.build();
  const page = await house.browser.newPage();
  await page.goto(house.hub.url);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /certificate authority/ }).click();
  using folder = new TempDir();
  const file = join(folder.path, 'authority.crt');
  await (await download).saveAs(file);
  assert.equal(new X509Certificate(await readFile(file)).ca, true);
});

test('no page loads anything from elsewhere or breaks its own security policy', async () => {
  await using house = await House.build('desk');
  const page = await house.browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== house.hub.url && !['data:', 'blob:', 'wss:'].includes(protocol)) complaints.push(request.url());
  });
  await signIn(page, house.hub.url, ADMIN);
  await page.getByRole('link', { name: /^desk/ }).click();
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await page.getByRole('button', { name: 'Latency' }).click();
  await page.goto(house.hub.url);
  await page.getByRole('link', { name: /^desk/ }).waitFor();
  assert.deepEqual(complaints, []);
});
