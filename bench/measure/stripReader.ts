import type { JSHandle, Page } from 'playwright-core';
import { ageOf, blocksOf, readBlocks } from '../strip.ts';
import { installBlockReader, type ReadBlocks } from './blockReader.ts';
import { percentile } from './statistics.ts';

/** One picture as it came into sight. */
export interface Sight {
  /** Wall clock, ms. */
  seenAt: number;
  /** From painting to being seen, ms. */
  age: number;
}

/** What a viewer saw of the clock strip in a stretch of time. */
export interface Seen {
  /** From painting to being seen, ms. */
  p50: number;
  p95: number;
  p99: number;
  /** Different pictures a second. */
  fps: number;
  /** Each of them, in order. */
  sights: Sight[];
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
    const read = await installBlockReader(page, selector);
    return new StripReader(await page.evaluateHandle(watchStrip, { read }));
  }

  /** What was seen while `run` took its time. */
  async during(run: () => Promise<unknown>): Promise<Seen> {
    await this.#take();
    const start = performance.now();
    await run();
    const seconds = (performance.now() - start) / 1000;
    const samples = await this.#take();
    const valid = samples.filter(([value]) => readBlocks(blocksOf(value)) !== undefined);
    const sights = valid.map(([value, seenAt]) => ({ seenAt, age: ageOf(value, seenAt) }));
    const ages = sights.map(({ age }) => age);
    const [p50, p95, p99] = [percentile(ages, 0.5), percentile(ages, 0.95), percentile(ages, 0.99)];
    return { p50, p95, p99, fps: sights.length / seconds, sights };
  }

  #take(): Promise<Probe['samples']> {
    return this.#probe.evaluate((probe) => probe.samples.splice(0));
  }
}

/** Runs in the page. Notes each new value of the strip with the wall clock at which it was read. */
function watchStrip({ read }: { read: ReadBlocks }): Probe {
  const probe: Probe = { samples: [] };
  let last = 0;
  const look = () => {
    requestAnimationFrame(look);
    const value = read(0);
    if (value !== last) probe.samples.push([value, performance.timeOrigin + performance.now()]);
    last = value;
  };
  look();
  return probe;
}
