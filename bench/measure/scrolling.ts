import type { CDPSession, Page } from 'playwright-core';
import { percentile } from './statistics.ts';

/** How a page keeps up while it is scrolled. */
export interface Scrolling {
  /** Frames a second over the whole time. */
  fps: number;
  /** Between two frames, in ms. */
  p95: number;
  worst: number;
  /** What the page's own thread did for one frame, in ms: what is left of 16.7 is for others. */
  work: number;
}

/** Pixels at each frame: three quick turns of a wheel a second. */
const STEP = 30;

/** Scrolls what holds the element for `ms`, a bit at each frame, and turns back at the end. Throws when it does not scroll. */
export async function measureScrolling(page: Page, selector: string, ms: number): Promise<Scrolling> {
  const session = await page.context().newCDPSession(page);
  // Time that the thread ran, not what it waited for a processor.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await workOf(session);
  const gaps = await page.evaluate(scroll, { selector, ms, step: STEP });
  const work = (await workOf(session)) - before;
  await session.detach();
  if (gaps.length === 0) throw new Error(`nothing scrolls around ${selector}`);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    fps: (gaps.length * 1_000) / total,
    p95: percentile(gaps, 0.95),
    worst: Math.max(...gaps),
    work: work / gaps.length,
  };
}

/** What the page's own thread has done so far, in ms. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

/** Runs in the page: the time between frames, in ms. */
async function scroll({ selector, ms, step }: { selector: string; ms: number; step: number }): Promise<number[]> {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const scrolls = (element: Element) =>
    element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY);
  let box: Element | null = document.querySelector(selector);
  while (box && !scrolls(box)) box = box.parentElement;
  box ??= document.scrollingElement;
  if (!box || box.scrollHeight <= box.clientHeight + 1) return [];
  const gaps: number[] = [];
  let direction = 1;
  let before = await nextFrame();
  for (const end = before + ms; before < end; ) {
    const top = box.scrollTop;
    box.scrollTop += direction * step;
    if (box.scrollTop === top) direction = -direction;
    const now = await nextFrame();
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}
