import { PortholeError } from '@porthole/protocol';
import { loadAv } from './av.ts';
import { SOFTWARE } from './candidates.ts';
import { H264Encoder } from './h264Encoder.ts';
import { hardware } from './hardware.ts';
import type { VideoEncoder, VideoOptions } from './videoEncoder.ts';

/** Largest side of a video, in pixels: what level 6 of H.264 allows. */
const MAX_SIDE = 8_192;
const MIN_SIDE = 16;
/** H.264 in any profile above baseline. */
const ABOVE_BASELINE = /^avc1(?!\.42)/i;

/**
 * Opens the best encoder that works for this size and that the viewer can decode: a hardware encoder once one was found to
 * work, libx264 otherwise. The search for hardware begins here and takes a while; nobody waits for it. Rejects with
 * PortholeError('feature.unsupported') when there is none.
 */
export async function openVideoEncoder(options: VideoOptions): Promise<VideoEncoder> {
  checkOptions(options);
  const { width, height, bytesPerSecond, fps } = options;
  const baseline = !options.codecs.some((codec) => ABOVE_BASELINE.test(codec));
  try {
    const av = await loadAv();
    const task = { width, height, bytesPerSecond, fps, baseline };
    const encoder = options.hardware === false ? undefined : await hardware.open(av, task);
    return encoder ?? (await H264Encoder.open(av, SOFTWARE, task));
  } catch (error) {
    throw new PortholeError('feature.unsupported', `Video cannot be coded on this device: ${String(error)}`);
  }
}

function checkOptions({ width, height, codecs, bytesPerSecond, fps }: VideoOptions): void {
  const isSide = (side: number) => side >= MIN_SIDE && side <= MAX_SIDE && side % 2 === 0;
  if (!isSide(width) || !isSide(height)) {
    throw new PortholeError('feature.unsupported', `No video of ${width} x ${height} pixels can be coded.`);
  }
  if (!codecs.some((codec) => /^avc1\b/i.test(codec))) {
    throw new PortholeError('feature.unsupported', 'The viewer decodes no H.264.');
  }
  if (!(bytesPerSecond > 0 && fps > 0)) throw new PortholeError('feature.unsupported', 'A video needs a rate.');
}
