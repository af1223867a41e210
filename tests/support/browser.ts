import { randomUUID } from 'node:crypto';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { listProcesses, signalTree } from './processes.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions {
  /** CSS pixels; 1280x800 when left out. */
  viewport?: { width: number; height: number };
  deviceScaleFactor?: number;
  colorScheme?: 'light' | 'dark';
  /** What the browser asks pages to speak, such as `de-AT`; `en-US` when left out. */
  locale?: string;
  hasTouch?: boolean;
  isMobile?: boolean;
}

/** A headless Chromium with all its processes. Each page has a context of its own: its own cookies. */
export class TestBrowser implements AsyncDisposable {
  readonly pid: number;
  readonly #browser: Browser;
  #closing: Promise<void> | undefined;

  private constructor(pid: number, browser: Browser) {
    this.pid = pid;
    this.#browser = browser;
  }

  static async open(): Promise<TestBrowser> {
    // Chromium ignores what it does not know; by this the process is found again.
    const mark = `--porthole-test=${randomUUID()}`;
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...ARGS, mark] });
    const own = listProcesses().find(({ parent, command }) => parent === process.pid && command.includes(mark));
    return new TestBrowser(own?.pid ?? -1, browser);
  }

  newContext(options: PageOptions = {}): Promise<BrowserContext> {
    return this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ignoreHTTPSErrors: true, ...options });
  }

  async newPage(options?: PageOptions): Promise<Page> {
    const context = await this.newContext(options);
    return await context.newPage();
  }

  /** Closes every page, and forgets whatever they kept. */
  async closePages(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  /** Stops the browser where it stands, with its sockets open, as a machine that froze. */
  pause(): void {
    // Twice: whatever was being started during the first round is found in the second.
    for (let round = 0; round < 2; round += 1) signalTree(this.pid, 'SIGSTOP');
  }

  resume(): void {
    signalTree(this.pid, 'SIGCONT');
  }

  /** Ends the browser and all its processes at once, as when the power fails. */
  kill(): void {
    signalTree(this.pid, 'SIGKILL');
  }

  /** Does nothing the second time. */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #shutDown(): Promise<void> {
    this.resume();
    await this.#browser.close();
  }
}

/** Starts a browser of its own process tree. Use with `await using`. */
export function openBrowser(): Promise<TestBrowser> {
  return TestBrowser.open();
}

/** Signs in through the form; resolves when the home page shows. */
export async function signIn(page: Page, url: string, { username, password }: Credentials): Promise<void> {
  await page.goto(new URL('/', url).href);
  await page.getByRole('textbox', { name: 'User name' }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.click();
  await button.waitFor({ state: 'detached' });
}

export interface Credentials {
  username: string;
  password: string;
}
