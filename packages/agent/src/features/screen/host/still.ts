import jpegTurbo from '@julusian/jpeg-turbo';
import { encodeThumbnail } from '@porthole/protocol';
import type { Pixels, ScreenSource } from '../backend.ts';

const QUALITY = 72;

/** One small picture of the whole display, coded as a thumbnail message; a tall display is bounded in height by the same number. */
export async function takeStill(source: ScreenSource, maxWidth: number): Promise<Uint8Array> {
  const pixels = await source.grab({ x: 0, y: 0, width: source.width, height: source.height });
  const small = shrink(pixels, maxWidth);
  const { width, height } = small;
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling: jpegTurbo.SAMP_420, quality: QUALITY };
  return encodeThumbnail({ width, height, jpeg: jpegTurbo.compressSync(small.data, options) });
}

/** Averages blocks of pixels until neither side is above `maxSide`; never enlarges. 4 bytes per pixel in and out, no padding out. */
export function shrink(pixels: Pixels, maxSide: number): Pixels & { data: Buffer } {
  const factor = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / maxSide));
  const width = Math.max(1, Math.floor(pixels.width / factor));
  const height = Math.max(1, Math.floor(pixels.height / factor));
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      averageBlock(pixels, { x: x * factor, y: y * factor, size: factor }, data, (y * width + x) * 4);
  }
  return { data, stride: width * 4, width, height };
}

function averageBlock(from: Pixels, at: { x: number; y: number; size: number }, out: Buffer, to: number): void {
  let [blue, green, red] = [0, 0, 0];
  for (let y = at.y; y < at.y + at.size; y++) {
    const start = y * from.stride + at.x * 4;
    for (let byte = start; byte < start + at.size * 4; byte += 4) {
      blue += from.data[byte] ?? 0;
      green += from.data[byte + 1] ?? 0;
      red += from.data[byte + 2] ?? 0;
    }
  }
  const count = at.size * at.size;
  out[to] = Math.round(blue / count);
  out[to + 1] = Math.round(green / count);
  out[to + 2] = Math.round(red / count);
}
