import jpegTurbo from '@julusian/jpeg-turbo';
import { type CodedRect, Coder, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';

/** Codes a rectangle as JPEG, colours at half resolution. `offset` is the byte position of its first pixel in `pixels`. */
export function encodeJpeg(
  rect: Rect,
  pixels: Pixels,
  { offset, quality }: { offset: number; quality: number },
): CodedRect {
  const { width, height } = rect;
  const { rows, stride } = rowsOf(rect, pixels, offset);
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, stride, subsampling: jpegTurbo.SAMP_420, quality };
  return { ...rect, coder: Coder.jpeg, bytes: jpegTurbo.compressSync(rows, options) };
}

/** The library wants whole rows, the last one too, and the stride in pixels; packed where the memory ends before. */
function rowsOf({ width, height }: Rect, { data, stride }: Pixels, offset: number): { rows: Buffer; stride: number } {
  const start = data.byteOffset + offset;
  if (start + stride * height <= data.buffer.byteLength) {
    return { rows: Buffer.from(data.buffer, start, stride * height), stride: stride / 4 };
  }
  const rows = Buffer.alloc(width * height * 4);
  for (let row = 0; row < height; row++) {
    rows.set(data.subarray(offset + row * stride, offset + row * stride + width * 4), row * width * 4);
  }
  return { rows, stride: width };
}
