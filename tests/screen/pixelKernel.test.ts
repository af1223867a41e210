import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { PixelKernel } from '@porthole/pixels';
import { buildPixels } from '@porthole/pixels/build';
import { PixelDecoder } from '@porthole/pixels/decoder';
import { Coder, type Rect } from '@porthole/protocol';
import { decodeTile } from '../../packages/portal/src/features/screen/render/tileDecoder.ts';
import { Random } from './random.ts';

const SHAPES = [
  [1, 1],
  [1, 300],
  [300, 1],
  [7, 5],
  [255, 3],
  [257, 255],
  [8192, 8],
  [3, 2000],
] as const;

/** A kernel whose shadow has `colours` colours, with noise in the byte that does not count; and the RGBA of it all. */
async function paint({ width, height }: Rect, colours: number, random: Random) {
  const palette = Array.from({ length: colours }, () => random.integer(0, 0xff_ffff));
  const words = Uint32Array.from({ length: width * height }, () => palette[random.integer(0, colours - 1)] ?? 0);
  const kernel = await PixelKernel.open(width, height);
  const rect = { x: 0, y: 0, width, height };
  kernel
    .staging(words.byteLength)
    .set(new Uint8Array(words.map((word) => word | (random.integer(0, 255) << 24)).buffer));
  kernel.accept(rect, rect);
  const rgba = [...words].flatMap((word) => [word >> 16, (word >> 8) & 255, word & 255, 255]);
  return { kernel, rgba: Uint8ClampedArray.from(rgba) };
}

function paletteTile(kernel: PixelKernel, rect: Rect): Uint8Array | undefined {
  const indexed = kernel.index('shadow', rect);
  if (!indexed) return undefined;
  const rgb = [...indexed.colours].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return Buffer.concat([Uint8Array.of(indexed.colours.length - 1, ...rgb), deflateRawSync(indexed.indices)]);
}

test('what the kernel indexes and subtracts, both of the decoders put together again', async () => {
  const decoder = await PixelDecoder.open(new Uint8Array(readFileSync(buildPixels())));
  for (const [width, height] of SHAPES) {
    for (const colours of [1, 2, 200, 5000]) {
      const rect = { x: 0, y: 0, width, height };
      const { kernel, rgba } = await paint(rect, colours, new Random(width * height + colours));
      const differences = deflateRawSync(kernel.differences('shadow', rect));
      assert.deepEqual(decodeTile({ ...rect, coder: Coder.rgb, bytes: differences }).rgba, rgba);
      assert.deepEqual(decoder.rgb(differences, width, height), rgba);
      const palette = paletteTile(kernel, rect);
      assert.ok(palette || colours > 256);
      if (!palette) continue;
      assert.deepEqual(decodeTile({ ...rect, coder: Coder.palette, bytes: palette }).rgba, rgba);
      assert.deepEqual(decoder.palette(palette, width * height), rgba);
    }
  }
});
