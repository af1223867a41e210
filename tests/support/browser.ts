import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { signalTree } from './processes.ts';

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
  hasTouch?: boolean;
  isMobile?: boolean;
}

/** A headless Chromium with all its processes. Each page has a context of its own: its own cookies. */
export class TestBrowser implements AsyncDisposable {
  readonly pid: number;
  readonly #close: () => Promise<void>;
  readonly #newContext: (options: PageOptions) => Promise<BrowserContext>;

  private constructor(pid: number, newContext: TestBrowser['newContext'], close: () => Promise<void>) {
    this.pid = pid;
    this.#newContext = newContext;
    this.#close = close;
  }

  static async open(): Promise<TestBrowser> {
    const server = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args: ARGS });
    const browser = await chromium.connect(server.wsEndpoint());
    const newContext = (options: PageOptions) => browser.newContext({ ...options, ignoreHTTPSErrors: true });
    return new TestBrowser(server.process().pid ?? -1, newContext, async () => {
      await browser.close();
      await server.close();
    });
  }

  newContext(options: PageOptions = {}): Promise<BrowserContext> {
    return this.#newContext({ viewport: { width: 1280, height: 800 }, ...options });
  }

  async newPage(options?: PageOptions): Promise<Page> {
    const context = await this.newContext(options);
    return await context.newPage();
  }

  /** Stops the browser where it stands, with its sockets open, as a machine that froze. */
  pause(): void {
    signalTree(this.pid, 'SIGSTOP');
  }

  resume(): void {
    signalTree(this.pid, 'SIGCONT');
  }

  async close(): Promise<void> {
    this.resume();
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
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
