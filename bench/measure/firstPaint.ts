import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** When the first element that was waited for was on the screen, in ms since the navigation began. */
    benchPaint?: number;
  }
}

/** From here on, each page that is opened notes when the first element is there that has text in it. */
export async function notePaint(page: Page, selector: string): Promise<void> {
  await page.addInitScript(watch, selector);
}

/** Goes there, and returns how long it took until that element was painted, in ms. */
export async function paintAfter(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  const handle = await page.waitForFunction(() => window.benchPaint, undefined, { timeout: 60_000 });
  return Number(await handle.jsonValue());
}

/** Runs in the page, before anything of it. */
function watch(selector: string): void {
  const look = () => {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].some(({ textContent }) => textContent.trim());
    // What is there now is on the screen with the next frame.
    if (found) requestAnimationFrame(() => setTimeout(() => (window.benchPaint = performance.now())));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
