import type { Page } from 'playwright-core';
import { type Agent, PLAIN_SHELL, startAgent } from '../../tests/support/agent.ts';
import { ApiClient } from '../../tests/support/apiClient.ts';
import { signIn, type TestBrowser } from '../../tests/support/browser.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { addUser, type Hub, startHub } from '../../tests/support/hub.ts';
import { openDirectLink } from '../links/direct.ts';
import type { Link, OpenLink } from '../links/link.ts';
import type { Contestant, Serving } from './contestant.ts';
import { showsDisplay } from './showsDisplay.ts';

const USER = { username: 'bench', password: 'correct horse battery' };
const SELECTOR = '[data-testid=screen]';

/** This project: hub and agent as people run them. */
export const porthole: Contestant = {
  id: 'porthole',
  name: 'Porthole',
  selector: SELECTOR,
  start: (display, openLink) => PortholeServing.start(display, openLink),
};

/** Where hub and agent run. */
export interface Place {
  /** What the hub listens at. */
  address: string;
  /** The command that runs them there. */
  within: readonly string[];
}
const HERE: Place = { address: '127.0.0.1', within: [] };

interface Parts {
  hub: Hub;
  agent: Agent;
  link: Link;
  /** What is to be closed, in its order. */
  running: AsyncDisposableStack;
}

/** Our own serving side, with what further measurements need of it. */
export class PortholeServing implements Serving {
  readonly hub: Hub;
  readonly agent: Agent;
  readonly #link: Link;
  readonly #running: AsyncDisposableStack;

  private constructor({ hub, agent, link, running }: Parts) {
    this.hub = hub;
    this.agent = agent;
    this.#link = link;
    this.#running = running;
  }

  static async start(
    display: string,
    openLink: OpenLink = openDirectLink,
    { address, within }: Place = HERE,
  ): Promise<PortholeServing> {
    const port = await freePort();
    await using started = new AsyncDisposableStack();
    const link = started.use(await openLink(port, address));
    const places = [`${address}:${port}`, `localhost:${link.port}`];
    const urls = places.flatMap((place) => ['--public-url', `https://${place}`]);
    const hub = started.use(await startHub({ listen: `${address}:${port}`, args: urls, within }));
    await addUser(hub, { name: USER.username, role: 'admin', password: USER.password });
    const agent = started.use(await startAgent({ hub, display, name: 'bench', policy: PLAIN_SHELL, within }));
    return new PortholeServing({ hub, agent, link, running: started.move() });
  }

  get processes(): Record<string, number> {
    return { hub: this.hub.pid, agent: this.agent.pid };
  }

  get bytesOut(): number {
    return this.#link.bytesOut;
  }

  /** Who may sign in. */
  get user(): typeof USER {
    return USER;
  }

  /** The hub as viewers see it, over the link. */
  get viewerUrl(): string {
    return `https://localhost:${this.#link.port}`;
  }

  async view(browser: TestBrowser): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await signIn(page, this.viewerUrl, USER);
    await page.getByRole('link', { name: /^bench/ }).click();
    await showsDisplay(page, SELECTOR);
    return page;
  }

  async takeControl(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Release' }).waitFor();
    await page.locator(SELECTOR).click({ position: { x: 20, y: 200 } });
  }

  /** A signed-in client of the hub's interface. The caller closes it. */
  async api(): Promise<ApiClient> {
    const api = new ApiClient(this.hub.url);
    await api.signIn(USER.username, USER.password);
    return api;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running.disposeAsync();
  }
}
