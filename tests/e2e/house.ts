import { after, afterEach } from 'node:test';
import type { Page } from 'playwright-core';
import { type Agent, PLAIN_SHELL, startAgent } from '../support/agent.ts';
import { ApiClient } from '../support/apiClient.ts';
import { openBrowser, signIn, type TestBrowser } from '../support/browser.ts';
import { readCanvas } from '../support/canvas.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, type Hub, startHub } from '../support/hub.ts';
import { type Painter, painter } from '../support/x11/painter.ts';
import { startXvfb, type Xvfb } from '../support/x11/xvfb.ts';

export const ADMIN = { username: 'ada', password: 'correct horse battery' };
export const VIEWER = { username: 'vera', password: 'battery horse correct' };

/** A device of the house: its X server, somebody who draws there, and its agent. */
export interface Device {
  name: string;
  xvfb: Xvfb;
  painter: Painter;
  agent: Agent;
}

/** A whole small house: a hub with two users, devices with real displays, and a browser. Closes itself. */
export class House implements AsyncDisposable {
  readonly hub: Hub;
  readonly browser: TestBrowser;
  readonly devices: Device[] = [];

  private constructor(hub: Hub, browser: TestBrowser) {
    this.hub = hub;
    this.browser = browser;
  }

  /** `names` are those of the devices. */
  static async build(...names: string[]): Promise<House> {
    const hub = await startHub();
    await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
    await addUser(hub, { name: VIEWER.username, role: 'viewer', password: VIEWER.password });
    const house = new House(hub, await openBrowser());
    for (const name of names) await house.addDevice(name);
    return house;
  }

  async addDevice(name: string): Promise<Device> {
    const xvfb = await startXvfb({ width: 800, height: 600 });
    const agent = await startAgent({ hub: this.hub, display: xvfb.display, name, policy: PLAIN_SHELL });
    const device = { name, xvfb, painter: await painter(xvfb.display), agent };
    this.devices.push(device);
    return device;
  }

  device(name: string): Device {
    const device = this.devices.find((each) => each.name === name);
    if (!device) throw new Error(`no device ${name}`);
    return device;
  }

  /** A new browser context, signed in, on the home page. */
  async page(user = ADMIN, browser = this.browser): Promise<Page> {
    const page = await browser.newPage();
    await signIn(page, this.hub.url, user);
    return page;
  }

  /** A new browser context on a device's page. */
  async watch(name: string, user = ADMIN, browser = this.browser): Promise<Page> {
    const page = await this.page(user, browser);
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
    return page;
  }

  /** A signed-in client of the HTTP interface. */
  async api(user = ADMIN): Promise<ApiClient> {
    const api = new ApiClient(this.hub.url);
    await api.signIn(user.username, user.password);
    return api;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // All of it ends, whatever cannot be ended properly; that is told when the rest is gone.
    await using stack = new AsyncDisposableStack();
    stack.defer(() => this.hub.stop());
    for (const { agent, painter: drawing, xvfb } of this.devices) {
      stack.defer(() => xvfb.close());
      stack.defer(() => drawing.close());
      stack.defer(() => agent.stop());
    }
    stack.defer(() => this.browser.close());
  }
}

/**
 * One house for all tests of a file, which leave its devices and its hub as they were: built for the first that asks, gone
 * after the last. Pages close after every test.
 */
export function sharedHouse(...names: string[]): () => Promise<House> {
  let built: Promise<House> | undefined;
  afterEach(async () => (await built)?.browser.closePages());
  after(async () => (await built)?.[Symbol.asyncDispose]());
  return () => {
    built ??= House.build(...names);
    return built;
  };
}

/** Resolves when the page shows exactly what the display holds, pixel for pixel. */
export async function showsExactly(page: Page, device: Device, withinMs = 15_000): Promise<void> {
  await eventually(`${device.name} is shown exactly`, async () => differences(page, device), withinMs);
}

async function differences(page: Page, { painter: drawing }: Device): Promise<boolean> {
  const [seen, real] = [await readCanvas(page), await drawing.read()];
  if (seen.width !== real.width || seen.height !== real.height) {
    throw new Error(`${seen.width}x${seen.height} instead of ${real.width}x${real.height}`);
  }
  const different = countDifferences(seen.rgba, real.data);
  if (different > 0) throw new Error(`${different} pixels differ`);
  return true;
}

/** `rgba` against B, G, R, X. */
function countDifferences(rgba: Uint8Array, bgrx: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    const same = rgba[at] === bgrx[at + 2] && rgba[at + 1] === bgrx[at + 1] && rgba[at + 2] === bgrx[at];
    if (!same) count += 1;
  }
  return count;
}
