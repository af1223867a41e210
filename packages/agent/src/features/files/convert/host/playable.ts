import type { FormatContext, Stream } from 'node-av/lib';
import type { Av } from '../../thumbnails/host/av.ts';

/** The streams of a file that a player would choose. */
export interface Playable {
  video: Stream | undefined;
  audio: Stream | undefined;
  /** A picture that the sound carries, which is no film. */
  cover: Stream | undefined;
}

/** Chooses what is played of a file. */
export function playableOf(av: Av, input: FormatContext): Playable {
  const best = (type: Parameters<FormatContext['findBestStream']>[0]) => input.streams[input.findBestStream(type)];
  const pictures = best(av.AVMEDIA_TYPE_VIDEO);
  const isCover = pictures?.hasDisposition(av.AV_DISPOSITION_ATTACHED_PIC) ?? false;
  const isCarried = (stream: Stream) => stream.hasDisposition(av.AV_DISPOSITION_ATTACHED_PIC);
  return {
    video: isCover ? undefined : pictures,
    audio: best(av.AVMEDIA_TYPE_AUDIO),
    cover: isCover ? pictures : input.streams.find(isCarried),
  };
}

/** The time at which a file begins, in µs; 0 when it does not say. */
export function beginOf(av: Av, input: FormatContext): bigint {
  return input.startTime === av.AV_NOPTS_VALUE ? 0n : input.startTime;
}
