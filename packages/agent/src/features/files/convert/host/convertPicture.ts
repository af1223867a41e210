import { type Av, check, setOptions } from '../../thumbnails/host/av.ts';
import { renderPicture } from '../../thumbnails/host/renderPicture.ts';
import { jpegOf } from '../../thumbnails/host/takePicture.ts';
import type { Picture } from '../../thumbnails/host/turnUpright.ts';

const QUALITY = 92;
const OPAQUE = 255;

/** A picture as browsers show it: JPEG, or WebP when something can be seen through. Throws when there is none. */
export function convertPicture(av: Av, path: string, size: number): { type: string; bytes: Buffer } {
  const picture = renderPicture(av, path, size);
  if (isOpaque(picture)) return { type: 'image/jpeg', bytes: jpegOf(picture, QUALITY) };
  return { type: 'image/webp', bytes: webpOf(av, picture) };
}

function isOpaque({ data }: Picture): boolean {
  for (let at = 3; at < data.byteLength; at += 4) if (data[at] !== OPAQUE) return false;
  return true;
}

function webpOf(av: Av, { data, width, height }: Picture): Buffer {
  const codec = av.Codec.findEncoder(av.AV_CODEC_ID_WEBP);
  if (!codec) throw new Error('no encoder');
  const context = new av.CodecContext();
  const packet = new av.Packet();
  context.allocContext3(codec);
  packet.alloc();
  const format = av.AV_PIX_FMT_BGRA;
  const timeBase = new av.Rational(1, 1);
  Object.assign(context, { width, height, pixelFormat: format, timeBase });
  const frame = av.Frame.fromVideoBuffer(data, { width, height, format, timeBase });
  try {
    setOptions(context, { quality: QUALITY });
    check(context.open2Sync(codec), 'the encoder does not open');
    check(context.sendFrameSync(frame), 'not encodable');
    context.sendFrameSync(null);
    check(context.receivePacketSync(packet), 'not encodable');
    return Buffer.from(packet.data ?? []);
  } finally {
    frame.free();
    packet.free();
    context.freeContext();
  }
}
