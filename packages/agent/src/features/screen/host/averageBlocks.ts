import type { Pixels } from '../backend.ts';

/** Averages blocks of `factor` x `factor` pixels into `to`, each into one; blocks at the far edges may be cut short. */
export function averageBlocks(from: Pixels, factor: number, to: Pixels): void {
  for (let y = 0; y < to.height; y++) {
    const height = Math.min(factor, from.height - y * factor);
    for (let x = 0; x < to.width; x++) {
      const width = Math.min(factor, from.width - x * factor);
      const at = y * factor * from.stride + x * factor * 4;
      averageBlock(from, { at, width, height }, to.data.subarray(y * to.stride + x * 4));
    }
  }
}

function averageBlock(from: Pixels, block: { at: number; width: number; height: number }, to: Uint8Array): void {
  const { at, width, height } = block;
  let [blue, green, red] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    const start = at + row * from.stride;
    for (let byte = start; byte < start + width * 4; byte += 4) {
      blue += from.data[byte] as number;
      green += from.data[byte + 1] as number;
      red += from.data[byte + 2] as number;
    }
  }
  const count = width * height;
  to[0] = Math.round(blue / count);
  to[1] = Math.round(green / count);
  to[2] = Math.round(red / count);
}
