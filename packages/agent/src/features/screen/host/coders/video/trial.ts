import type { Av } from './av.ts';
import type { Candidate } from './candidates.ts';
import { H264Encoder } from './h264Encoder.ts';

const SIZE = { width: 640, height: 360 };
const PICTURES = 8;

/** Whether an encoder really works here: codes some pictures, each at once, with keys where they are asked for. Never rejects. */
export async function isWorking(av: Av, candidate: Candidate): Promise<boolean> {
  try {
    const encoder = await H264Encoder.open(av, candidate, {
      ...SIZE,
      baseline: false,
      bytesPerSecond: 500_000,
      fps: 30,
    });
    try {
      return await hasRightKeys(encoder);
    } finally {
      encoder.close();
    }
  } catch {
    // Not here, broken, or not at once: for the one who asks that is the same.
    return false;
  }
}

async function hasRightKeys(encoder: H264Encoder): Promise<boolean> {
  const data = new Uint8Array(SIZE.width * SIZE.height * 4);
  for (let picture = 0; picture < PICTURES; picture++) {
    data.fill(picture * 16);
    const key = picture === 0 || picture === PICTURES - 1;
    const frame = await encoder.encode({ data, stride: SIZE.width * 4, ...SIZE }, { key });
    if (frame.key !== key) return false;
  }
  return true;
}
