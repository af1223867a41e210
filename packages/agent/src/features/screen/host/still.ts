import jpegTurbo from '@julusian/jpeg-turbo';
import { encodeThumbnail } from '@porthole/protocol';
import type { Pixels, ScreenSource } from '../backend.ts';
import { Shrinker } from './picture/shrinker.ts';

const QUALITY = 72;

/** One small picture of the whole display, coded as a thumbnail message; a tall display is bounded in height by the same number. */
export async function takeStill(source: ScreenSource, maxWidth: number): Promise<Uint8Array> {
  const pixels = await source.grab({ x: 0, y: 0, width: source.width, height: source.height });
  const small = await shrink(pixels, maxWidth);
  const { width, height } = small;
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling: jpegTurbo.SAMP_420, quality: QUALITY };
  return encodeThumbnail({ width, height, jpeg: jpegTurbo.compressSync(small.data, options) });
}

/** Averages blocks of pixels until neither side is above `maxSide`; never enlarges. 4 bytes per pixel in and out, no padding out. */
export async function shrink(pixels: Pixels, maxSide: number): Promise<Pixels & { data: Buffer }> {
  const factor = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / maxSide));
  const width = Math.max(1, Math.floor(pixels.width / factor));
  const height = Math.max(1, Math.floor(pixels.height / factor));
  const data = Buffer.alloc(width * height * 4);
  const shrinker = await Shrinker.open(pixels.width, factor);
  // Whole blocks only, as far as there are any.
  const even = (side: number, blocks: number) => Math.min(side, blocks * factor);
  shrinker.shrink({ ...pixels, width: even(pixels.width, width), height: even(pixels.height, height) }, data);
  return { data, stride: width * 4, width, height };
}
