import type { Page } from 'playwright-core';
import { FRAME_STRIP, frameOf } from '../strip.ts';
import type { Box } from '../workloads/canvas.ts';
import { installBlockReader, type ReadBlocks } from './blockReader.ts';
import { psnr, ssim } from './pictureQuality.ts';
import { PROBE, probesOf } from './probes.ts';
import type { Reference } from './reference.ts';
import { median } from './statistics.ts';

const SAMPLES = 16;
const EVERY_MS = 110;

/** How like its source the moving picture is: medians over pictures, dB and 0 to 1. */
export interface Quality {
  psnr: number;
  ssim: number;
}

/** What a viewer shows in `area` while it moves, picture by picture, against the source of the step that it shows. */
export async function readQuality(
  page: Page,
  { selector, area, reference }: { selector: string; area: Box; reference: Reference },
): Promise<Quality> {
  const read = await installBlockReader(page, selector);
  const place = { selector, read, probes: probesOf(area), side: PROBE, stripY: FRAME_STRIP.y };
  const samples = await page.evaluate(takeSamples, { ...place, count: SAMPLES, everyMs: EVERY_MS });
  const pairs = samples.flatMap(({ value, pixels }) => {
    const step = frameOf(value);
    return step === undefined ? [] : [[Uint8Array.from(Buffer.from(pixels, 'base64')), reference.at(step)] as const];
  });
  return {
    psnr: median(pairs.map(([seen, source]) => psnr(seen, source))),
    ssim: median(pairs.map(([seen, source]) => ssim(seen, source, PROBE))),
  };
}

interface Order {
  selector: string;
  read: ReadBlocks;
  probes: Box[];
  side: number;
  stripY: number;
  count: number;
  everyMs: number;
}

/** Runs in the page. Pixels of the probes, one below the other, in base64, with the frame strip at that moment. */
async function takeSamples({ selector, read, probes, side, stripY, count, everyMs }: Order) {
  const [width, height] = [side, side * probes.length];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const source = document.querySelector<HTMLCanvasElement>(selector);
  const samples: Array<{ value: number; pixels: Uint8ClampedArray }> = [];
  if (!context || !source) return [];
  for (let index = 0; index < count; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    for (const [at, { x, y }] of probes.entries()) {
      context.drawImage(source, x, y, side, side, 0, at * side, side, side);
    }
    samples.push({ value: read(stripY), pixels: context.getImageData(0, 0, width, height).data });
  }
  const encode = (bytes: Uint8ClampedArray): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  return samples.map(({ value, pixels }) => ({ value, pixels: encode(pixels) }));
}
