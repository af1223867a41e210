import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DeviceFacts } from '@porthole/protocol';
import type { Locator, Page } from 'playwright-core';
import { type Agent, PLAIN_SHELL, startAgent } from '../support/agent.ts';
import { ApiClient } from '../support/apiClient.ts';
import { openBrowser, signIn, type TestBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, type Hub, startHub } from '../support/hub.ts';
import { TempDir } from '../support/tempDir.ts';

const ADMIN = { username: 'ada', password: 'correct horse battery' };
const VIEWER = { username: 'vera', password: 'battery horse correct' };
const POWER = ['lock', 'sleep', 'restart', 'shutDown'];

let hub: Hub;
let agent: Agent;
let browser: TestBrowser;
let page: Page;
/** Programs that write down that they were run, in place of those that end the machine. */
const standIns = new TempDir();
const ran = () => readFileSync(join(standIns.path, 'log'), 'utf8');

before(async () => {
  writeFileSync(join(standIns.path, 'log'), '');
  for (const name of POWER) {
    writeFileSync(join(standIns.path, name), `#!/bin/sh\necho ${name} >>'${join(standIns.path, 'log')}'\n`);
    chmodSync(join(standIns.path, name), 0o755);
  }
  hub = await startHub();
  await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
  await addUser(hub, { name: VIEWER.username, role: 'viewer', password: VIEWER.password });
  agent = await startAgent({
    hub,
    display: 'fake',
    name: 'desk',
    policy: PLAIN_SHELL,
    env: { PORTHOLE_POWER_PROGRAMS: standIns.path },
  });
  browser = await openBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await signIn(page, hub.url, ADMIN);
  await page.getByRole('link', { name: /^desk/ }).click();
  await page.getByRole('tab', { name: 'Health', exact: true }).click();
});

after(async () => {
  await browser?.close();
  await agent?.stop();
  await hub?.stop();
  standIns.close();
});

async function show(section: string): Promise<void> {
  await page.getByRole('tab', { name: section, exact: true }).click();
}

function part(name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

async function textOf(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
}

function memory(): { total: number; available: number } {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) * 1_024;
  return { total: bytes('MemTotal'), available: bytes('MemAvailable') };
}

test('the figures are those of the machine', async () => {
  await eventually(
    'each core has its figure',
    async () => (await part('Cores').getByRole('listitem').count()) === cpus().length,
  );
  const shown = await textOf(part('Memory').last());
  const [, free = '', total = ''] = /([\d.]+) GiB free of ([\d.]+) GiB/.exec(shown) ?? [];
  const real = memory();
  assert.ok(Math.abs(Number(total) * 2 ** 30 - real.total) < real.total / 50, shown);
  assert.ok(Math.abs(Number(free) * 2 ** 30 - real.available) < real.total / 5, shown);
  const { bavail, bsize } = statfsSync('/');
  const disks = await textOf(part('Space on drives'));
  const [, left = '', unit = ''] = /\/ ([\d.]+) (\wB) free/.exec(disks) ?? [];
  const scale = { GB: 1e9, TB: 1e12, MB: 1e6 }[unit] ?? Number.NaN;
  assert.ok(Math.abs(Number(left) * scale - bavail * bsize) < 2e9, disks);
});

test('what it is, is what the machine says of itself', async () => {
  await show('About');
  const about = page.getByRole('tabpanel').last();
  await eventually('the kernel', async () =>
    (await textOf(about)).includes(execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim()),
  );
  const interfaces: { address?: string; addr_info: { local: string }[]; operstate: string; link_type: string }[] =
    JSON.parse(execFileSync('ip', ['-j', 'addr'], { encoding: 'utf8' }));
  const text = await textOf(about);
  const real = interfaces.find(
    ({ link_type, operstate, addr_info }) => link_type === 'ether' && operstate === 'UP' && addr_info.length > 0,
  );
  if (real) assert.ok(text.includes(real.addr_info[0]?.local ?? '?') && text.includes(real.address ?? '?'), text);
});

test('values follow the cursor of the keyboard in all charts at once, and a moment leads to its processes', async () => {
  await show('Now');
  await page.getByLabel('The last minute').check({ force: true });
  const chart = page.getByRole('slider', { name: /^CPU over time/ });
  const other = page.getByRole('slider', { name: /^Memory over time/ });
  const value = (of: Locator) => of.getAttribute('aria-valuetext');
  await eventually('a few values', async () => Number(await chart.getAttribute('aria-valuemax')) >= 4);
  await chart.focus();
  await page.keyboard.press('Home');
  const first = await value(chart);
  assert.match(first ?? '', /^\d\d:\d\d:\d\d: \d+ %/);
  await page.keyboard.press('ArrowRight');
  const second = await value(chart);
  assert.notEqual(second, first);
  assert.equal((await value(other))?.slice(0, 8), second?.slice(0, 8), 'the cursor is the same');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: /^Busiest and largest at/ }).waitFor();
});

test('a piece that is marked fills the charts, and a double click leads back', async () => {
  const chart = page.getByRole('slider', { name: /^CPU over time/ });
  const moment = page.getByRole('region', { name: /^Busiest and largest at/ });
  await moment.getByRole('button', { name: 'Close' }).click();
  const box = await chart.boundingBox();
  assert.ok(box);
  const y = box.y + 40;
  await page.mouse.move(box.x + 100, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, y, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Back', exact: true }).waitFor();
  assert.equal(await page.getByLabel('The last minute').isChecked(), false);
  await page.mouse.dblclick(box.x + 150, y);
  await eventually('the minute is back', () => page.getByLabel('The last minute').isChecked());
  await page.mouse.click(box.x + 150, y);
  await moment.waitFor();
  assert.equal(await moment.count(), 1);
});

test('a process is found, ended after it was named, and gone', async (t) => {
  const sleeper = spawn('sleep', ['98765']);
  t.after(() => sleeper.kill('SIGKILL'));
  const exited = once(sleeper, 'exit');
  await show('Processes');
  await page.getByRole('searchbox', { name: 'Filter processes' }).fill('sleep 98765');
  const row = page.getByRole('grid', { name: 'Processes' }).getByRole('row', { name: new RegExp(`${sleeper.pid}`) });
  await row.click();
  const fields = execFileSync('ps', ['-o', 'rss=,user=', '-p', String(sleeper.pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  const shown = await textOf(row);
  assert.ok(shown.includes(fields[1] ?? '?'), shown);
  const [, size = '', unit = ''] = /([\d.]+) ([KM]iB)/.exec(shown) ?? [];
  const bytes = Number(size) * (unit === 'MiB' ? 2 ** 20 : 2 ** 10);
  assert.ok(Math.abs(bytes - Number(fields[0]) * 1_024) < 2 ** 20, `${shown} against ${fields[0]} KiB`);

  await page.getByRole('button', { name: 'End', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `End sleep (${sleeper.pid})?` });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(sleeper.exitCode ?? sleeper.signalCode, null, 'nothing happens unconfirmed');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await dialog.getByRole('button', { name: 'End', exact: true }).click();
  await exited;
  assert.equal(sleeper.signalCode, 'SIGTERM');
  await page.mouse.move(0, 0);
  await eventually('its row is gone', async () => (await row.count()) === 0);
});

test('the agent is not ended before somebody was told what that means', async () => {
  await page.getByRole('searchbox', { name: 'Filter processes' }).fill(String(agent.pid));
  await page
    .getByRole('grid', { name: 'Processes' })
    .getByRole('row', { name: new RegExp(`\\b${agent.pid}\\b`) })
    .first()
    .click();
  await page.getByRole('button', { name: 'Kill', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Kill / });
  await dialog.getByRole('button', { name: 'Kill', exact: true }).click();
  await dialog.getByText('This is Porthole’s own agent.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.ok(existsSync(`/proc/${agent.pid}`));
});

test('the machine is left alone until somebody has confirmed it', async () => {
  const menu = page.getByRole('button', { name: 'Power', exact: true });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Restart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restart desk?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(ran(), '');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Restart' }).click();
  await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
  await eventually('the stand-in ran', () => ran() === 'restart\n');
  await dialog.waitFor({ state: 'detached' });
});

test('what is sent changes at once and for everybody, and nobody without the right changes it', async () => {
  await show('Sending');
  await page.getByRole('combobox', { name: 'Live, while somebody looks' }).selectOption({ label: 'Every 2 s' });
  await page.getByText('These settings are this device’s own.').waitFor();
  const rows = page.getByRole('table', { name: 'What it sends now and today' });
  await eventually('what it sends is counted', async () => !/Health 0 B\/s 0 B/.test(await textOf(rows)));
  const guest = await browser.newPage();
  await signIn(guest, hub.url, VIEWER);
  await guest.getByRole('link', { name: /^desk/ }).click();
  assert.equal(await guest.getByRole('button', { name: 'Power', exact: true }).count(), 0);
  await guest.context().close();
  await page.getByRole('button', { name: 'As all devices again' }).click();
  await page.getByText('As all devices, until something is changed here.').waitFor();
});

test('what is raised is said once, counted, and over when nobody watches for it any more', async () => {
  const api = new ApiClient(hub.url);
  await api.signIn(ADMIN.username, ADMIN.password);
  // A card that is looked at brings a sample each second.
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  const body = { kind: 'memory', scope: { kind: 'all' }, threshold: 0.001, forMs: 0, process: null, enabled: true };
  const [device] = await api.get<{ id: string }[]>('/api/devices');
  const rule = (await api.request('POST', '/api/alerts/rules', { body })).json<{ id: string }>();
  await page
    .getByRole('status')
    .getByText(/^desk Memory/)
    .waitFor();
  await page.getByRole('link', { name: 'Alerts: 1 is on' }).click();
  await part('On now').getByRole('link', { name: 'desk' }).waitFor();
  await page.reload();
  await part('On now').getByRole('link', { name: 'desk' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Dismiss' }).count(), 0, 'a page that loads says nothing of it');
  const remove = page.getByRole('button', { name: /^Remove “Memory at least 0 %/ });
  await remove.click();
  await page.getByText('Everything is well.').waitFor();
  assert.equal((await api.request('DELETE', `/api/alerts/rules/${rule.id}`)).status, 404);
  await page.getByRole('button', { name: 'Undo' }).click();
  await remove.click();
  await remove.waitFor({ state: 'detached' });
  await page.goto(new URL(`/devices/${device?.id}/health`, hub.url).href);
});

test('a device that is away can be woken by those who may, once it has told an address', async () => {
  const api = new ApiClient(hub.url);
  await api.signIn(ADMIN.username, ADMIN.password);
  const [device] = await api.get<{ id: string }[]>('/api/devices');
  const { interfaces } = await api.get<DeviceFacts>(`/api/devices/${device?.id}/facts`);
  await show('Now');
  await agent.stop();
  await page.getByText(/What was recorded until then/).waitFor();
  const wake = page.getByRole('button', { name: 'Wake desk' });
  if (interfaces.some(({ mac }) => mac !== undefined)) {
    await wake.first().click();
    await page
      .getByText(/sent the signal/)
      .first()
      .waitFor();
  } else assert.equal(await wake.count(), 0);
});
