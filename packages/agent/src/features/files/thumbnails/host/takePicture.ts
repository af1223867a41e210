import jpegTurbo from '@julusian/jpeg-turbo';
import type { Av } from './av.ts';
import { renderPicture } from './renderPicture.ts';
import type { Picture } from './turnUpright.ts';

const QUALITY = 80;
const OPAQUE = 255;

/** A JPEG of a picture or video, upright, its longer side at most `size` pixels. Throws when there is none. */
export function takePicture(av: Av, path: string, size: number): Buffer {
  return jpegOf(onWhite(renderPicture(av, path, size)), QUALITY);
}

/** A JPEG of B, G, R and whatever. */
export function jpegOf({ data, width, height }: Picture, quality: number): Buffer {
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling: jpegTurbo.SAMP_420, quality };
  return jpegTurbo.compressSync(data, options);
}

/** What can be seen through stands on white. */
function onWhite(picture: Picture): Picture {
  const { data } = picture;
  for (let at = 0; at < data.byteLength; at += 4) {
    const alpha = data[at + 3] ?? OPAQUE;
    if (alpha === OPAQUE) continue;
    for (let colour = at; colour < at + 3; colour++) {
      data[colour] = Math.round(((data[colour] ?? 0) * alpha + OPAQUE * (OPAQUE - alpha)) / OPAQUE);
    }
  }
  return picture;
}
