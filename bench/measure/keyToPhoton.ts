import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { JSHandle, Page } from 'playwright-core';
import { Program } from '../../tests/support/program.ts';
import { seeded } from '../../tests/support/x11/random.ts';
import { KEY_BLOCK } from '../workloads/keyBlock.ts';

const CLIENT = fileURLToPath(new URL('../workloads/keyBlock.ts', import.meta.url));
const PRESSES = 40;
const SETTLE_MS = 1_000;

/** A program on the display that answers every key with a change of colour, until it is disposed of. */
export async function startKeyBlock(display: string): Promise<AsyncDisposable> {
  const program = new Program(process.execPath, [CLIENT, display]);
  await program.printed(/^ready$/m);
  return program;
}

/**
 * Milliseconds from the browser's key event until the page shows the changed colour, once for each key that was answered;
 * `missed` counts the others. Keys come a fifth to two fifths of a second apart, on no raster.
 */
export async function keyToPhoton(page: Page, selector: string): Promise<{ delays: number[]; missed: number }> {
  await sleep(SETTLE_MS);
  const probe = await page.evaluateHandle(watchKeys, { selector, ...KEY_BLOCK });
  const random = seeded(9);
  for (let press = 0; press < PRESSES; press += 1) {
    await page.keyboard.press('a');
    await sleep(200 + 200 * random());
  }
  await sleep(SETTLE_MS);
  const delays = await takeDelays(probe);
  return { delays, missed: PRESSES - delays.length };
}

interface Probe {
  delays: number[];
}

function takeDelays(probe: JSHandle<Probe>): Promise<number[]> {
  return probe.evaluate(({ delays }) => delays);
}

/** Runs in the page. A key's own time stamp is when the browser got it, whatever the page was doing. */
function watchKeys({ selector, x, y, width, height }: { selector: string } & typeof KEY_BLOCK): Probe {
  const probe: Probe = { delays: [] };
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const isWhite = (): boolean => {
    const source = document.querySelector<HTMLCanvasElement>(selector);
    if (!source || !context) return false;
    context.drawImage(source, x + width / 2, y + height / 2, 1, 1, 0, 0, 1, 1);
    return (context.getImageData(0, 0, 1, 1).data[0] ?? 0) > 127;
  };
  let pressed: number | undefined;
  let last = isWhite();
  // First of all listeners, so that nobody can keep it from us.
  window.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });
  const look = (): void => {
    requestAnimationFrame(look);
    const white = isWhite();
    if (white !== last && pressed !== undefined) {
      probe.delays.push(performance.now() - pressed);
      pressed = undefined;
    }
    last = white;
  };
  look();
  return probe;
}
