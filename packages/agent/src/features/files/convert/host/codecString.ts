import type { CodecParameters } from 'node-av/lib';
import type { Av } from '../../thumbnails/host/av.ts';

/** What media types call a codec (RFC 6381); undefined where they have no name for it. */
export function codecString(av: Av, codecpar: CodecParameters): string | undefined {
  // FFmpeg's name for this one is right, and unknown to browsers.
  if (codecpar.codecId === av.AV_CODEC_ID_MP3) return 'mp4a.6B';
  return codecpar.getCodecString() ?? undefined;
}
