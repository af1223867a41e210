import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coder, decodeScreen, encodeScreen, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../packages/agent/src/features/screen/backend.ts';
import { encodeLossless } from '../../packages/agent/src/features/screen/host/coders/losslessCoder.ts';
import { splitTiles } from '../../packages/agent/src/features/screen/host/picture/tiles.ts';
import { PixelKernel } from '../../packages/pixels/src/index.ts';
import { decodeTile } from '../../packages/portal/src/features/screen/render/tileDecoder.ts';
import { Random } from './random.ts';

const SHAPES: readonly [width: number, height: number][] = [
  [1, 1],
  [1, 300],
  [300, 1],
  [7, 5],
  [16, 16],
  [255, 3],
  [257, 255],
  [640, 100],
  [1920, 34],
  [3, 16_000],
  [16_000, 4],
];
const COLOURS = [1, 2, 3, 16, 200, 255, 256, 257, 258, 5_000];

/** A picture that uses exactly `colours` colours, when it has room for them; the unused byte is noise. */
function picture({ width, height }: { width: number; height: number }, colours: number, random: Random): Pixels {
  const palette = new Set<number>();
  while (palette.size < colours) palette.add(random.integer(0, 0xff_ffff));
  const list = [...palette];
  const stride = width * 4;
  const data = new Uint8Array(stride * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    // The first pixels use every colour once; after that, runs and noise.
    const colour = list[pixel < list.length ? pixel : random.integer(0, list.length - 1)] ?? 0;
    const at = Math.floor(pixel / width) * stride + (pixel % width) * 4;
    data.set([colour & 255, (colour >> 8) & 255, colour >> 16, random.integer(0, 255)], at);
  }
  return { data, stride, width, height };
}

/** A kernel of a display that has the pixels at `rect`. */
async function stage(rect: Rect, { data }: Pixels): Promise<PixelKernel> {
  const kernel = await PixelKernel.open(rect.x + rect.width, rect.y + rect.height);
  kernel.staging(data.byteLength).set(data);
  return kernel;
}

/** What the viewer has after it drew the tiles of `rect`, as R G B A. */
async function roundTrip(rect: Rect, pixels: Pixels): Promise<Uint8ClampedArray> {
  const kernel = await stage(rect, pixels);
  const drawn = new Uint8ClampedArray(rect.width * rect.height * 4);
  for (const tile of splitTiles(rect)) {
    const coded = encodeLossless(kernel, { staged: rect }, tile);
    const { rgba, x, y, width, height } = decodeTile(coded);
    assert.equal(rgba.byteLength, width * height * 4);
    for (let row = 0; row < height; row++) {
      const to = ((y - rect.y + row) * rect.width + (x - rect.x)) * 4;
      drawn.set(rgba.subarray(row * width * 4, (row + 1) * width * 4), to);
    }
  }
  return drawn;
}

function assertSame(drawn: Uint8ClampedArray, { data, stride, width, height }: Pixels): void {
  const expected = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + x * 4;
      expected.set([data[at + 2] ?? 0, data[at + 1] ?? 0, data[at] ?? 0, 255], (y * width + x) * 4);
    }
  }
  assert.ok(Buffer.from(drawn.buffer).equals(Buffer.from(expected.buffer)), 'the pictures differ');
}

for (const [width, height] of SHAPES) {
  test(`a picture of ${width}x${height} arrives pixel for pixel, however many colours it has`, async () => {
    const random = new Random(width * 31 + height);
    for (const colours of COLOURS) {
      if (colours > width * height) continue;
      const pixels = picture({ width, height }, colours, random);
      assertSame(await roundTrip({ x: 3, y: 5, width, height }, pixels), pixels);
    }
  });
}

const TILE: Rect = { x: 0, y: 0, width: 64, height: 64 };

test('the number of colours decides the coder', async () => {
  const random = new Random(42);
  const coders: Coder[] = [];
  for (const colours of [1, 2, 256, 257]) {
    const kernel = await stage(TILE, picture(TILE, colours, random));
    coders.push(encodeLossless(kernel, { staged: TILE }, TILE).coder);
  }
  assert.deepEqual(coders, [Coder.solid, Coder.palette, Coder.palette, Coder.rgb]);
});

test('the picture that viewers have is coded just the same', async () => {
  const pixels = picture(TILE, 300, new Random(7));
  const kernel = await stage(TILE, pixels);
  kernel.accept(TILE, TILE);
  assertSame(decodeTile(encodeLossless(kernel, 'shadow', TILE)).rgba, pixels);
});

test('a tile decodes from the bytes of the message that carried it', async () => {
  const tile = { x: 0, y: 0, width: 20, height: 10 };
  const pixels = picture(tile, 150, new Random(8));
  const rects = [encodeLossless(await stage(tile, pixels), { staged: tile }, tile)];
  const coded = encodeScreen({
    type: 'update',
    seq: 1,
    last: true,
    exact: false,
    delayAck: false,
    capturedAt: 0,
    captureMs: 0,
    encodeMs: 0,
    rects,
  });
  const message = decodeScreen(coded);
  assert.equal(message.type, 'update');
  const [rect] = message.type === 'update' ? message.rects : [];
  assert.ok(rect);
  assertSame(decodeTile(rect).rgba, pixels);
});
