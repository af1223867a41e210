import type { Page } from 'playwright-core';

/** What of the page lies where nobody can get at it: a page wider than its window, controls beside it. Empty when all is well. */
export function brokenLayout(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element): boolean => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if ((overflowX === 'auto' || overflowX === 'scroll') && at.scrollWidth > at.clientWidth) return true;
      }
      return false;
    };
    const outside = [...document.querySelectorAll('button, a[href], input, select, textarea, [role=tab]')].filter(
      (element) => {
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
        const { left, right, width: own } = element.getBoundingClientRect();
        return own > 1 && (left < -1 || right > width + 1) && !scrolls(element);
      },
    );
    const wide = document.documentElement.scrollWidth;
    return [
      ...(wide > width ? [`the page is ${wide} wide in a window of ${width}`] : []),
      ...outside.map((element) => `out of the window: ${element.outerHTML.slice(0, 200)}`),
    ];
  });
}
