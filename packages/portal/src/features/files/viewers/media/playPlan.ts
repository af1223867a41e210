import type { Media, PLAY_AUDIO, PLAY_VIDEO } from '@porthole/protocol';

/** What a browser says of a media type: played from a file, and played piece by piece. */
export interface Support {
  file(type: string): boolean;
  stream(type: string): boolean;
}

/** What the device is asked to do with each stream. */
export interface Conversion {
  video: (typeof PLAY_VIDEO)[number];
  audio: (typeof PLAY_AUDIO)[number];
}

/** How a film or a sound is played: as it is, converted by the device, or not at all. */
export type PlayPlan = { kind: 'file' } | ({ kind: 'converted' } & Conversion) | { kind: 'none' };

const NONE: PlayPlan = { kind: 'none' };
/** What any file that is converted may become. */
const H264 = 'video/mp4; codecs="avc1.64001f"';
const AAC = 'audio/mp4; codecs="mp4a.40.2"';
const OPUS = 'audio/mp4; codecs="opus"';
/** Containers that hold one kind of sound, so that nothing need be known of it. */
const SINGLE: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  aac: 'audio/aac',
};
const WEBM = /^(vp8|vp0?9|av01|opus|vorbis)/;

/**
 * The way that costs the device least. Where the browser would leave out the sound or the picture of a file without a word,
 * the device converts. `avoidKeeping` is for a file of which the browser said too much.
 */
export function planPlay(media: Media, support: Support, { avoidKeeping = false } = {}): PlayPlan {
  if (!avoidKeeping && playsAsFile(media, support)) return { kind: 'file' };
  const video = videoOf(media, support, avoidKeeping);
  const audio = audioOf(media, support, avoidKeeping);
  // A film without its picture is not the film.
  if (media.video ? video === 'none' : audio === 'none') return NONE;
  return { kind: 'converted', video, audio };
}

function playsAsFile({ container, video, audio }: Media, support: Support): boolean {
  const single = SINGLE[container];
  if (single !== undefined) return support.file(single);
  const codecs = [video, audio].flatMap((stream) => (stream ? [stream.codecs] : []));
  if (codecs.some((name) => name === undefined)) return false;
  const type = typeOf(container, codecs.join(' '), video !== undefined);
  return type !== undefined && support.file(`${type}; codecs="${codecs.join(',')}"`);
}

function typeOf(container: string, codecs: string, hasVideo: boolean): string | undefined {
  const kind = hasVideo ? 'video' : 'audio';
  const names = container.split(',');
  if (names.includes('mp4')) return `${kind}/mp4`;
  if (names.includes('webm') && codecs.split(' ').every((name) => WEBM.test(name))) return `${kind}/webm`;
  return names.includes('ogg') ? `${kind}/ogg` : undefined;
}

function videoOf({ video }: Media, support: Support, avoidKeeping: boolean): Conversion['video'] {
  if (!video) return 'none';
  if (!avoidKeeping && keeps(support, 'video', video.codecs)) return 'keep';
  return support.stream(H264) ? 'h264' : 'none';
}

function audioOf({ audio }: Media, support: Support, avoidKeeping: boolean): Conversion['audio'] {
  if (!audio) return 'none';
  if (!avoidKeeping && keeps(support, 'audio', audio.codecs)) return 'keep';
  if (support.stream(AAC)) return 'aac';
  return support.stream(OPUS) ? 'opus' : 'none';
}

function keeps(support: Support, kind: string, codecs: string | undefined): boolean {
  return codecs !== undefined && support.stream(`${kind}/mp4; codecs="${codecs}"`);
}
