import type { JSHandle, Page } from 'playwright-core';
import { STRIP } from '../strip.ts';

/** In a page: reads the row of blocks at height `y` of the remote picture; 0 when there is no picture. */
export type ReadBlocks = (y: number) => number;

/** A function in the page for all that reads strips there. */
export function installBlockReader(page: Page, selector: string): Promise<JSHandle<ReadBlocks>> {
  return page.evaluateHandle(blockReader, { selector, ...STRIP });
}

/** Runs in the page. */
function blockReader({ selector, width, block, blocks }: { selector: string } & typeof STRIP): ReadBlocks {
  const context = new OffscreenCanvas(width, 1).getContext('2d', { willReadFrequently: true });
  return (y) => {
    const source = document.querySelector<HTMLCanvasElement>(selector);
    if (!source || !context) return 0;
    context.drawImage(source, 0, y + block / 2, width, 1, 0, 0, width, 1);
    const { data } = context.getImageData(0, 0, width, 1);
    let value = 0;
    for (let index = 0; index < blocks; index += 1) {
      value = value * 2 + ((data[(index * block + block / 2) * 4] ?? 0) > 127 ? 1 : 0);
    }
    return value;
  };
}
