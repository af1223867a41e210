import type { Media } from '@porthole/protocol';
import type { FormatContext, Stream } from 'node-av/lib';
import type { Av } from '../../thumbnails/host/av.ts';
import { openMedia } from '../../thumbnails/host/openMedia.ts';
import { quarterTurns } from '../../thumbnails/host/turnUpright.ts';
import { codecString } from './codecString.ts';
import { playableOf } from './playable.ts';

const MAX_TEXT = 1_024;
/** A year, in seconds: whoever claims more knows nothing. */
const MAX_SECONDS = 366 * 86_400;

/** What is in a sound or a film. Throws when there is neither. */
export function describeMedia(av: Av, path: string): Media {
  using open = openMedia(av, path);
  const { input } = open;
  const { video, audio, cover } = playableOf(av, input);
  if (!video && !audio) throw new Error('nothing to play');
  return {
    container: input.iformat?.name ?? '',
    ...durationOf(input),
    ...(video && { video: { ...codecOf(av, video), ...shownSize(av, video) } }),
    ...(audio && {
      audio: { ...codecOf(av, audio), channels: audio.codecpar.channels, sampleRate: audio.codecpar.sampleRate },
    }),
    hasCover: cover !== undefined,
    ...tagsOf([input, audio]),
  };
}

function durationOf(input: FormatContext): { duration?: number } {
  const duration = Number(input.duration) / 1e6;
  return duration > 0 && duration < MAX_SECONDS ? { duration } : {};
}

function codecOf(av: Av, { codecpar }: Stream): { codec: string; codecs?: string } {
  const codecs = codecString(av, codecpar);
  return { codec: av.avGetCodecName(codecpar.codecId) ?? '', ...(codecs !== undefined && { codecs }) };
}

function shownSize(av: Av, { codecpar }: Stream): { width: number; height: number; rotation: number } {
  const { width, height } = codecpar;
  return { width, height, rotation: quarterTurns(codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX)) * 90 };
}

/** Most formats describe the whole, Ogg its first stream. */
function tagsOf(places: readonly (FormatContext | Stream | undefined)[]): Partial<Media> {
  const tags: Partial<Media> = {};
  for (const name of ['title', 'artist', 'album'] as const) {
    for (const place of places) {
      const text = place?.metadata?.get(name);
      if (text) tags[name] ??= text.slice(0, MAX_TEXT).toWellFormed();
    }
  }
  return tags;
}
