import { closeSync, openSync, readSync } from 'node:fs';
import jpegTurbo from '@julusian/jpeg-turbo';
import type { Frame } from 'node-av/lib';
import { type Av, check } from './av.ts';
import { decodePicture } from './decodePicture.ts';
import { readImageHeader } from './imageHeader.ts';
import { type Picture, turnUpright } from './turnUpright.ts';

const QUALITY = 80;
const MAX_PIXELS = 100e6;
/** What may stand before the size in a JPEG: previews, colour profiles, notes. */
const HEADER_BYTES = 1024 * 1024;
const WHITE = 255;

/** A JPEG of a picture or video, upright, its longer side at most `size` pixels. Throws when there is none. */
export function takePicture(av: Av, path: string, size: number): Buffer {
  const header = readImageHeader(readHead(path));
  // A small file can claim to be a huge picture: asked before anything is decoded.
  if (header && header.width * header.height > MAX_PIXELS) throw new Error('too large');
  using decoded = decodePicture(av, path);
  const orientation = header ? header.orientation : decoded.orientation;
  const upright = turnUpright(onWhite(scale(av, decoded.frame, size)), orientation);
  const { width, height } = upright;
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling: jpegTurbo.SAMP_420, quality: QUALITY };
  return jpegTurbo.compressSync(upright.data, options);
}

function readHead(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.allocUnsafe(HEADER_BYTES);
    return head.subarray(0, readSync(file, head, 0, head.byteLength, 0));
  } finally {
    closeSync(file);
  }
}

/** Never larger than it was; pixels that are not square become so. */
function scale(av: Av, frame: Frame, size: number): Picture {
  const { num, den } = frame.sampleAspectRatio;
  const shown = { width: frame.width * (num > 0 && den > 0 ? num / den : 1), height: frame.height };
  const factor = Math.min(1, size / Math.max(shown.width, shown.height));
  const [width, height] = [shown.width, shown.height].map((side) => Math.max(1, Math.round(side * factor)));
  const scaler = new av.SoftwareScaleContext();
  const target = new av.Frame();
  scaler.allocContext();
  target.alloc();
  try {
    scaler.setOption('sws_flags', av.SWS_AREA, av.AV_OPT_TYPE_FLAGS);
    target.width = width ?? 1;
    target.height = height ?? 1;
    target.format = av.AV_PIX_FMT_BGRA;
    check(target.getBuffer(0), 'no memory for a frame');
    target.colorSpace = av.AVCOL_SPC_RGB;
    target.colorRange = av.AVCOL_RANGE_JPEG;
    check(scaler.scaleFrameSync(target, frame), 'colours cannot be converted');
    return packed(target);
  } finally {
    scaler.freeContext();
    target.free();
  }
}

function packed({ data, linesize, width, height }: Frame): Picture {
  const [plane] = data ?? [];
  const [stride] = linesize;
  if (!plane || !stride) throw new Error('the frame has no memory');
  const rows = Buffer.allocUnsafe(width * height * 4);
  for (let y = 0; y < height; y++) rows.set(plane.subarray(y * stride, y * stride + width * 4), y * width * 4);
  return { data: rows, width, height };
}

/** What can be seen through stands on white. */
function onWhite(picture: Picture): Picture {
  const { data } = picture;
  for (let at = 0; at < data.byteLength; at += 4) {
    const alpha = data[at + 3] ?? WHITE;
    if (alpha === WHITE) continue;
    for (let colour = at; colour < at + 3; colour++) {
      data[colour] = Math.round(((data[colour] ?? 0) * alpha + WHITE * (WHITE - alpha)) / WHITE);
    }
  }
  return picture;
}
