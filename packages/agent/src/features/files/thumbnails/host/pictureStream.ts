import type { FormatContext, Stream } from 'node-av/lib';
import { type Av, check } from './av.ts';

/** The stream that shows what a file is about. Throws when it has no pictures, or only tiles of one. */
export function pictureStream(av: Av, input: FormatContext): Stream {
  const best = input.streams[check(input.findBestStream(av.AVMEDIA_TYPE_VIDEO), 'no pictures in it')];
  const isTile = (stream: Stream) => stream.hasDisposition(av.AV_DISPOSITION_DEPENDENT);
  if (best && !isTile(best)) return best;
  // Photographs of telephones come in tiles, often with a small whole beside them: one tile would be another picture.
  const whole = input.streams
    .filter((stream) => stream.codecpar.codecType === av.AVMEDIA_TYPE_VIDEO && !isTile(stream))
    .sort((a, b) => b.codecpar.width - a.codecpar.width)[0];
  if (!whole) throw new Error('only tiles in it');
  return whole;
}
