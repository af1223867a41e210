import type { Page } from 'playwright-core';
import { Capture } from '../../packages/agent/src/platform/x11/capture.ts';
import { XConnection } from '../../packages/agent/src/platform/x11/connection.ts';
import { wallClock } from '../strip.ts';
import { BAND_ROWS, type BandHashes, bandHashes } from './bandHashes.ts';

/** So often the display itself is looked at, ms: it may change once more. */
const LOOK_AGAIN_MS = 150;

/** What is compared, and from when on. */
export interface Comparison {
  selector: string;
  display: string;
  /** When the display last changed (wall clock, ms). */
  since: number;
  /** After this long nobody waits any more, ms. */
  patienceMs: number;
}

/** How the picture came to be exact. */
export interface Exactness {
  /** From the display's last change until every pixel that the page shows is the X server's own, ms; NaN: not in time. */
  exactMs: number;
  /** Bands of rows that were still wrong when time was up. */
  wrongBands: number;
}

/**
 * Waits for an exact picture. Programs may go on changing the display for a while: then time starts anew, from the last
 * look at which the display was not yet as it stays, so that a figure is rather too high than too low.
 */
export async function timeUntilExact(page: Page, comparison: Comparison): Promise<Exactness> {
  using source = await PixelSource.open(comparison.display);
  const hash = await page.evaluateHandle<BandHashes>(`(${bandHashes})`);
  const { selector, patienceMs } = comparison;
  const deadline = wallClock() + patienceMs;
  let { since } = comparison;
  let known = await source.look();
  for (;;) {
    const order = { selector, hash, expected: known.hashes, bandRows: BAND_ROWS, patienceMs: LOOK_AGAIN_MS };
    const { exactAt, wrongBands } = await page.evaluate(awaitPixels, order);
    const now = await source.look();
    const isStill = String(now.hashes) === String(known.hashes);
    if (isStill && exactAt !== undefined) return { exactMs: Math.max(0, exactAt - since), wrongBands };
    if (wallClock() > deadline) return { exactMs: Number.NaN, wrongBands };
    if (!isStill) since = known.at;
    known = now;
  }
}

/** What the display showed at `at` or a few milliseconds later (wall clock, ms). */
interface Look {
  at: number;
  hashes: number[];
}

/** The X server's pixels. */
class PixelSource implements Disposable {
  readonly #connection: XConnection;
  readonly #capture: Capture;

  private constructor(connection: XConnection, capture: Capture) {
    this.#connection = connection;
    this.#capture = capture;
  }

  static async open(display: string): Promise<PixelSource> {
    const connection = await XConnection.open(display);
    return new PixelSource(connection, await Capture.open(connection));
  }

  async look(): Promise<Look> {
    const at = wallClock();
    const { pixel_width: width, pixel_height: height } = this.#connection.screen;
    const { data } = await this.#capture.grab({ x: 0, y: 0, width, height });
    const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
    return { at, hashes: bandHashes(words, { width, bandRows: BAND_ROWS, swap: true }) };
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

interface Order {
  selector: string;
  hash: BandHashes;
  expected: number[];
  bandRows: number;
  patienceMs: number;
}

interface Outcome {
  exactAt: number | undefined;
  wrongBands: number;
}

/** Runs in the page. Wall clock at which all bands were as expected, if that was in time. */
async function awaitPixels({ selector, hash, expected, bandRows, patienceMs }: Order): Promise<Outcome> {
  const source = document.querySelector<HTMLCanvasElement>(selector);
  const context = source && new OffscreenCanvas(source.width, bandRows).getContext('2d', { willReadFrequently: true });
  if (!source || !context) return { exactAt: undefined, wrongBands: expected.length };
  const { width, height } = source;
  const hashOf = (band: number): number | undefined => {
    const rows = Math.min(bandRows, height - band * bandRows);
    context.drawImage(source, 0, band * bandRows, width, rows, 0, 0, width, rows);
    const { data } = context.getImageData(0, 0, width, rows);
    return hash(new Uint32Array(data.buffer), { width, bandRows, swap: false })[0];
  };
  const bands = expected.map((_, band) => band);
  const wrong = (some: number[]): number[] => some.filter((band) => hashOf(band) !== expected[band]);
  const deadline = performance.now() + patienceMs;
  let left = bands;
  while (performance.now() < deadline) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const seenAt = performance.timeOrigin + performance.now();
    left = wrong(left);
    if (left.length > 0) continue;
    // Bands that were right may have been overwritten by an older picture since.
    left = wrong(bands);
    if (left.length === 0) return { exactAt: seenAt, wrongBands: 0 };
  }
  return { exactAt: undefined, wrongBands: left.length };
}
