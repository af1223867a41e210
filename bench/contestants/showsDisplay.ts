import type { Page } from 'playwright-core';

/** Resolves when the element has the size of a display and shows more than black or nothing. */
export async function showsDisplay(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const source = document.querySelector(wanted);
    if (!(source instanceof HTMLCanvasElement) || source.width < 640) return false;
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(source, source.width - 10, source.height - 10, 1, 1, 0, 0, 1, 1);
    return (
      context
        ?.getImageData(0, 0, 1, 1)
        .data.subarray(0, 3)
        .some((part) => part > 0) ?? false
    );
  }, selector);
}
