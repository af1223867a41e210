import { type CodedRect, Coder, type Rect } from '@porthole/protocol';
import type { Dictionary, Frame, Packet } from 'node-av/lib';
import type { Pixels } from '../../backend.ts';
import { type Av, loadAv } from './video/av.ts';

/** Two thirds of the bytes of deflate on photographs; the next level takes half as long again to save a hundredth. */
const LEVEL = '1';

/**
 * Codes a rectangle as lossless WebP: slow, but the smallest there is, for links where bytes cost more than time. `offset` is
 * the byte position of its first pixel in `pixels`, which are read before the promise is returned. Rejects where FFmpeg lacks it.
 */
export async function encodeWebp(rect: Rect, pixels: Pixels, offset: number): Promise<CodedRect> {
  const rows = opaqueRows(rect, pixels, offset);
  const av = await loadAv();
  const dictionary = av.Dictionary.fromObject({ lossless: '1', compression_level: LEVEL, quality: '0' });
  const context = newContext(av, rect);
  const frame = new av.Frame();
  const packet = new av.Packet();
  try {
    check(await context.open2(null, dictionary));
    fill(av, frame, { ...rect, rows });
    packet.alloc();
    check(await context.sendFrame(frame));
    check(await context.receivePacket(packet));
    return { ...rect, coder: Coder.webp, bytes: new Uint8Array(packet.data ?? []) };
  } finally {
    context.freeContext();
    release(frame, packet, dictionary);
  }
}

function newContext(av: Av, { width, height }: Rect) {
  const codec = av.Codec.findEncoderByName('libwebp' as Parameters<typeof av.Codec.findEncoderByName>[0]);
  if (!codec) throw new Error('this FFmpeg has no libwebp');
  const context = new av.CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.timeBase = new av.Rational(1, 25);
  context.pixelFormat = av.AV_PIX_FMT_BGRA;
  return context;
}

/** B G R A without gaps; what the display leaves in the fourth byte means nothing, and would be coded. */
function opaqueRows({ width, height }: Rect, { data, stride }: Pixels, offset: number): Uint8Array {
  const rows = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = offset + row * stride;
    rows.set(data.subarray(from, from + width * 4), row * width * 4);
  }
  for (let at = 3; at < rows.length; at += 4) rows[at] = 255;
  return rows;
}

function fill(av: Av, frame: Frame, { width, height, rows }: Rect & { rows: Uint8Array }): void {
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = av.AV_PIX_FMT_BGRA;
  check(frame.getBuffer(0));
  const [plane] = frame.data ?? [];
  const [lineSize = 0] = frame.linesize;
  if (!plane) throw new Error('FFmpeg gave no memory');
  for (let row = 0; row < height; row++) {
    plane.set(rows.subarray(row * width * 4, (row + 1) * width * 4), row * lineSize);
  }
}

function release(frame: Frame, packet: Packet, dictionary: Dictionary): void {
  frame.free();
  packet.free();
  dictionary.free();
}

function check(code: number): void {
  if (code < 0) throw new Error(`WebP failed with ${code}`);
}
