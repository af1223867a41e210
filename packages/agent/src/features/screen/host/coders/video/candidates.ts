import type { RateLimits } from './shares.ts';

/** What an encoder is opened for. */
export interface EncoderTask {
  /** In pixels, both even. */
  width: number;
  height: number;
  /** Frame rate that the encoder reckons with; what really comes may differ. */
  nominalFps: number;
  limits: RateLimits;
  /** The viewer decodes the baseline profile only. */
  baseline: boolean;
  threads: number;
}

/** An H.264 encoder of FFmpeg, and how it is told to let each picture out at once. */
export interface Candidate {
  /** Its name in FFmpeg. */
  name: string;
  pixels: 'yuv420p' | 'nv12';
  /** Takes pictures only from the memory of such a device. */
  device?: 'vaapi' | 'vulkan';
  /**
   * Takes new limits between two pictures, and is opened so quickly that each key can be the first picture of a new one: which
   * alone may give a key a larger share. Others force keys, and are opened anew for a rate that is far from their own.
   */
  isNimble: boolean;
  options(task: EncoderTask): Record<string, string>;
}

/** Finer than this costs bytes that nobody sees. */
const FINEST = 18;
/** Coarser than the first makes text unreadable; where bits are scarce, a change of the whole picture would then take too long. */
const COARSEST = { usual: 38, scarce: 44 } as const;
/** Bits per pixel of one picture's share below which they are scarce. */
const SCARCE_BITS = 0.08;

/** Between which quantisers an encoder may choose. */
export function quantisersFor(task: EncoderTask): { finest: number; coarsest: number } {
  return { finest: FINEST, coarsest: shareOf(task) < SCARCE_BITS ? COARSEST.scarce : COARSEST.usual };
}

/** One picture's share of the link, in bits per pixel. */
function shareOf({ width, height, nominalFps, limits }: EncoderTask): number {
  return limits.maxRate / nominalFps / (width * height);
}

/** How libx264 looks for motion (subme) and at which constant quality (CRF) it codes. */
export interface Effort {
  motion: number;
  quality: number;
}

/**
 * Motion to a quarter of a pixel keeps grain out of the prediction: fewer bytes at a better quality, for up to a fifth more
 * time. To half a pixel it is free and saves a third; where bytes take no time, that is the better bargain.
 */
const EFFORT = { ample: { motion: 1, quality: 23 }, tight: { motion: 2, quality: 22 } } as const;
/** Bits per pixel of one picture's share of the link from which it is ample. */
const AMPLE_BITS = 0.3;

/** What libx264 does as long as the limits leave it the choice. */
export function effortFor(task: EncoderTask): Effort {
  return shareOf(task) < AMPLE_BITS ? EFFORT.tight : EFFORT.ample;
}

/**
 * What else plain `ultrafast` lacks: CABAC; a deblocking filter a little stronger than usual, which keeps grain out of what
 * the next picture is predicted from; and finer chroma, which costs few bytes and is seen in all three colours.
 */
export const SOFTWARE: Candidate = {
  name: 'libx264',
  pixels: 'yuv420p',
  isNimble: true,
  options: (task) => {
    const { motion, quality } = effortFor(task);
    const slices = task.threads > 1 ? 1 : 0;
    return {
      preset: 'ultrafast',
      tune: 'zerolatency',
      profile: task.baseline ? 'baseline' : 'main',
      coder: task.baseline ? 'cavlc' : 'cabac',
      deblock: '2:2',
      crf: String(quality),
      'forced-idr': '1',
      'x264-params': `keyint=infinite:scenecut=0:sliced-threads=${slices}:subme=${motion}:chroma-qp-offset=-4`,
    };
  },
};

/** Hardware encoders, best first. A build of FFmpeg holds those of its own system only. */
export const HARDWARE: readonly Candidate[] = [
  hardware('h264_videotoolbox', { realtime: '1', prio_speed: '1', allow_sw: '0', require_sw: '0' }),
  hardware('h264_nvenc', { preset: 'p2', tune: 'ull', rc: 'cbr', zerolatency: '1', delay: '0', 'forced-idr': '1' }),
  hardware('h264_qsv', { preset: 'veryfast', async_depth: '1', low_delay_brc: '1', forced_idr: '1' }),
  hardware('h264_amf', { usage: 'ultralowlatency', quality: 'speed', rc: 'cbr', forced_idr: '1' }),
  hardware('h264_mf', { hw_encoding: '1', scenario: 'display_remoting', rate_control: 'ld_vbr' }),
  { ...hardware('h264_vaapi', { rc_mode: 'CBR', async_depth: '1' }), device: 'vaapi' },
  { ...hardware('h264_vulkan', { tune: 'ull', usage: 'stream', rc_mode: 'cbr', async_depth: '1' }), device: 'vulkan' },
];

function hardware(name: string, options: Record<string, string>): Candidate {
  return { name, pixels: 'nv12', isNimble: false, options: () => options };
}

/** Pixels of a picture below which a second thread costs more than it brings. */
const PIXELS_PER_THREAD = 300_000;

/** Threads for a picture of so many pixels on a machine with so many cores. */
export function threadsFor(pixels: number, cores: number): number {
  return Math.max(1, Math.min(4, cores, Math.floor(pixels / PIXELS_PER_THREAD)));
}
