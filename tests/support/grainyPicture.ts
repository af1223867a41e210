import type { Pixels } from '../../packages/agent/src/features/screen/backend.ts';

/** What a made-up picture looks like. */
export interface GrainyOptions {
  width: number;
  height: number;
  /** Which picture of the sequence. */
  index: number;
  /** Largest deviation by grain, in levels; none when left out. */
  grain?: number;
}

/** Rows are longer than the picture by so many bytes, as those of a real display may be. */
const PADDING = 32;

/** A picture of moving gradients under grain, the same each time it is asked for: what tests and benches of video are fed. */
export function grainyPicture({ width, height, index, grain = 0 }: GrainyOptions): Pixels {
  const stride = width * 4 + PADDING;
  const data = new Uint8Array(height * stride);
  const random = randomBytes(index + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + x * 4;
      const moved = x + index * 4;
      const noise = grain === 0 ? 0 : ((random() + random()) / 255 - 1) * grain;
      data[at] = level(96 + ((moved >> 1) & 63) + noise);
      data[at + 1] = level(100 + (((moved + y) >> 2) & 63) + noise);
      data[at + 2] = level(60 + Math.abs(((moved + y) % 240) - 120) + noise);
    }
  }
  return { data, stride, width, height };
}

function level(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** Bytes of a xorshift generator. */
function randomBytes(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  };
}
