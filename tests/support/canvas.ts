import type { Page } from 'playwright-core';

/** RGBA pixels, row by row. */
export interface Picture {
  width: number;
  height: number;
  rgba: Buffer;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Colour = [red: number, green: number, blue: number];

const SCREEN = '[data-testid=screen]';

/** What the remote picture in a page shows right now, in remote pixels; the whole of it when no area is named. */
export async function readCanvas(page: Page, area?: Area): Promise<Picture> {
  await page.waitForSelector(SCREEN);
  const { width, height, url } = await page.evaluate(readInPage, { selector: SCREEN, area });
  return { width, height, rgba: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') };
}

/** One pixel of the remote picture. */
export async function readPixel(page: Page, x: number, y: number): Promise<Colour> {
  const { rgba } = await readCanvas(page, { x, y, width: 1, height: 1 });
  return colourAt({ width: 1, height: 1, rgba }, 0, 0);
}

export function colourAt({ width, rgba }: Picture, x: number, y: number): Colour {
  const at = (y * width + x) * 4;
  return [rgba.readUInt8(at), rgba.readUInt8(at + 1), rgba.readUInt8(at + 2)];
}

/** Runs in the page. Works whether the picture is drawn here or by a worker: drawing an element takes what it shows. */
async function readInPage({ selector, area }: { selector: string; area: Area | undefined }) {
  const source = document.querySelector(selector);
  const isVideo = source instanceof HTMLVideoElement;
  if (!isVideo && !(source instanceof HTMLCanvasElement)) throw new Error('no canvas or video');
  const full = isVideo ? { width: source.videoWidth, height: source.videoHeight } : source;
  const { x, y, width, height } = area ?? { x: 0, y: 0, width: full.width, height: full.height };
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no 2D context');
  context.drawImage(source, x, y, width, height, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const reader = new FileReader();
  const url = await new Promise<string>((resolve) => {
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(new Blob([data]));
  });
  return { width, height, url };
}
