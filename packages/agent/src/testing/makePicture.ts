import { writeFileSync } from 'node:fs';
import type { FFEncoderCodec } from 'node-av/constants';
import { check, loadAv } from '../features/files/thumbnails/host/av.ts';

export interface PictureOptions {
  /** As FFmpeg calls it. */
  encoder: string;
  width: number;
  height: number;
  /** Opacity of the right half, 0 to 255; leaves out the fourth channel when left out. */
  alpha?: number;
}

/** Writes a picture whose left half is red and right half blue. */
export async function makePicture(path: string, { encoder, width, height, alpha }: PictureOptions): Promise<void> {
  const av = await loadAv();
  const codec = av.Codec.findEncoderByName(encoder as FFEncoderCodec);
  if (!codec) throw new Error('no encoder');
  const depth = alpha === undefined ? 3 : 4;
  const pixels = Buffer.alloc(width * height * depth);
  for (let at = 0; at < width * height; at++) {
    const isLeft = at % width < width / 2;
    pixels.set(
      [isLeft ? 255 : 0, 0, isLeft ? 0 : 255, ...(depth === 4 ? [isLeft ? 255 : (alpha ?? 0)] : [])],
      at * depth,
    );
  }
  const format = depth === 4 ? av.AV_PIX_FMT_RGBA : av.AV_PIX_FMT_RGB24;
  const timeBase = new av.Rational(1, 1);
  const context = new av.CodecContext();
  context.allocContext3(codec);
  Object.assign(context, { width, height, pixelFormat: format, timeBase });
  check(context.open2Sync(codec), 'the encoder does not open');
  const frame = av.Frame.fromVideoBuffer(pixels, { width, height, format, timeBase });
  const packet = new av.Packet();
  packet.alloc();
  context.sendFrameSync(frame);
  context.sendFrameSync(null);
  check(context.receivePacketSync(packet), 'not encodable');
  writeFileSync(path, packet.data ?? Buffer.of());
  packet.free();
  frame.free();
  context.freeContext();
}
