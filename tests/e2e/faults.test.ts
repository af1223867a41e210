import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openBrowser, signIn } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { painter } from '../support/x11/painter.ts';
import { startXvfb } from '../support/x11/xvfb.ts';
import { ADMIN, House, showsExactly } from './house.ts';

test('a killed hub comes back and the page goes on by itself, with the same session and everything acknowledged', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  const api = await house.api();
  const [device] = await api.get<{ id: string }[]>('/api/devices');
  assert.ok(device);
  await api.request('PATCH', `/api/devices/${device.id}`, { body: { name: 'renamed just now' } });
  house.hub.kill('SIGKILL');
  await page.getByText('Reconnecting').first().waitFor();
  await house.hub.restart();
  await page.getByText('Reconnecting').first().waitFor({ state: 'detached', timeout: 45_000 });
  await page.getByText('renamed just now').first().waitFor();
  await house.device('desk').painter.fill({ x: 50, y: 60, width: 70, height: 80, color: 0x123456 });
  await showsExactly(page, house.device('desk'), 45_000);
});

test('a killed agent shows offline with its last picture, and goes on when it is back', async () => {
  await using house = await House.build('desk');
  const { agent, painter: drawing } = house.device('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  agent.kill('SIGKILL');
  await page.getByText(/^Offline since/).waitFor();
  await agent.restart();
  await drawing.fill({ x: 50, y: 60, width: 70, height: 80, color: 0x654321 });
  await showsExactly(page, house.device('desk'));
});

test('a stopped agent is found out within 15 s', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  house.device('desk').agent.kill('SIGSTOP');
  try {
    await page.getByText(/^Offline since/).waitFor({ timeout: 15_000 });
  } finally {
    house.device('desk').agent.kill('SIGCONT');
  }
  await house.device('desk').painter.fill({ x: 1, y: 2, width: 300, height: 40, color: 0xabcdef });
  await showsExactly(page, house.device('desk'), 45_000);
});

test('a killed screen process is a blink', async () => {
  await using house = await House.build('desk');
  const { agent, painter: drawing } = house.device('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  const child = childOf(agent.pid);
  process.kill(child, 'SIGKILL');
  await drawing.fill({ x: 5, y: 6, width: 70, height: 80, color: 0x00ff77 });
  await showsExactly(page, house.device('desk'));
  assert.notEqual(childOf(agent.pid), child);
});

test('a display that goes away is said so, and comes back by itself', async () => {
  await using house = await House.build('desk');
  const device = house.device('desk');
  const page = await house.watch('desk');
  await showsExactly(page, device);
  device.painter.close();
  await device.xvfb.kill();
  await page.getByText('This device shows no display').waitFor();
  device.xvfb = await startXvfb({ width: 800, height: 600, display: device.xvfb.display.slice(1) });
  device.painter = await painter(device.xvfb.display);
  await device.painter.fill({ x: 90, y: 60, width: 70, height: 80, color: 0x77ff00 });
  await showsExactly(page, device);
});

test('a browser that stops reading slows nobody, and catches up with the present when it goes on', async () => {
  await using house = await House.build('desk');
  const device = house.device('desk');
  await using frozen = await openBrowser();
  const stalled = await frozen.newPage();
  await signIn(stalled, house.hub.url, ADMIN);
  await stalled.getByRole('link', { name: /^desk/ }).click();
  await showsExactly(stalled, device);
  const page = await house.watch('desk');
  await showsExactly(page, device);
  frozen.pause();
  for (let step = 0; step < 60; step++) {
    for (let i = 0; i < 200; i++) {
      device.painter.fillSoon({
        x: (i * 37) % 760,
        y: (i * 53 + step) % 560,
        width: 40,
        height: 40,
        color: (i * step * 7919) & 0xffffff,
      });
    }
    await device.painter.fill({ x: step * 10, y: step * 7, width: 90, height: 60, color: step * 0x40404 });
  }
  await showsExactly(page, device);
  frozen.resume();
  await showsExactly(stalled, device, 45_000);
});

test('toggles show live on every page and are remembered by the device', async () => {
  await using house = await House.build('desk');
  const device = house.device('desk');
  const [first, second] = [await house.watch('desk'), await house.watch('desk')];
  await showsExactly(first, device);
  await showsExactly(second, device);
  await first.getByRole('button', { name: 'Live feeds' }).click();
  await first.getByRole('switch', { name: /^Screen/ }).click();
  await second.getByText('The screen is switched off').waitFor();
  await device.agent.restart();
  await eventually('it is still off', async () => {
    const [shown] = await (await house.api()).get<{ online: boolean; toggles: { screen: boolean } }[]>('/api/devices');
    return shown?.online === true && shown.toggles.screen === false;
  });
  await second.getByText('The screen is switched off').waitFor();
  await second.getByRole('button', { name: 'Switch on' }).click();
  await showsExactly(second, device);
  await showsExactly(first, device);
});

function childOf(pid: number): number {
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid);
  assert.equal(children.length, 1, 'the agent has one child, its screen process');
  return Number(children[0]);
}

function parentOf(entry: string): number {
  try {
    return Number(
      readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
  } catch {
    return -1;
  }
}
