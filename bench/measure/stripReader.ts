import type { JSHandle, Page } from 'playwright-core';
import { ageOf, blocksOf, readBlocks, STRIP } from '../strip.ts';
import { percentile } from './statistics.ts';

/** What a viewer saw of the clock strip in a stretch of time. */
export interface Seen {
  /** From painting to being seen, ms. */
  p50: number;
  p95: number;
  /** Different pictures a second. */
  fps: number;
}

interface Probe {
  samples: Array<[value: number, seenAt: number]>;
}

/** Reads the strip from a page's canvas or video on every animation frame. One for each page. */
export class StripReader {
  readonly #probe: JSHandle<Probe>;

  private constructor(probe: JSHandle<Probe>) {
    this.#probe = probe;
  }

  static async install(page: Page, selector: string): Promise<StripReader> {
    return new StripReader(await page.evaluateHandle(watchStrip, { selector, ...STRIP }));
  }

  /** What was seen while `run` took its time. */
  async during(run: () => Promise<unknown>): Promise<Seen> {
    await this.#take();
    const start = performance.now();
    await run();
    const seconds = (performance.now() - start) / 1000;
    const samples = await this.#take();
    const valid = samples.filter(([value]) => readBlocks(blocksOf(value)) !== undefined);
    const ages = valid.map(([value, seenAt]) => ageOf(value, seenAt));
    return { p50: percentile(ages, 0.5), p95: percentile(ages, 0.95), fps: valid.length / seconds };
  }

  #take(): Promise<Probe['samples']> {
    return this.#probe.evaluate((probe) => probe.samples.splice(0));
  }
}

/** Runs in the page. Notes each new value of the strip with the wall clock at which it was read. */
function watchStrip(strip: { selector: string; width: number; block: number; blocks: number }): Probe {
  const { selector, width, block, blocks } = strip;
  const probe: Probe = { samples: [] };
  const context = new OffscreenCanvas(width, 1).getContext('2d', { willReadFrequently: true });
  let last = 0;
  const look = () => {
    requestAnimationFrame(look);
    const source = document.querySelector<HTMLCanvasElement>(selector);
    if (!source || !context) return;
    context.drawImage(source, 0, block / 2, width, 1, 0, 0, width, 1);
    const { data } = context.getImageData(0, 0, width, 1);
    let value = 0;
    for (let index = 0; index < blocks; index += 1) {
      value = value * 2 + ((data[(index * block + block / 2) * 4] ?? 0) > 127 ? 1 : 0);
    }
    if (value !== last) probe.samples.push([value, performance.timeOrigin + performance.now()]);
    last = value;
  };
  look();
  return probe;
}
