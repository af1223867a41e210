import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coder, decodeScreen, encodeScreen, MAX_TILE_PIXELS, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../packages/agent/src/features/screen/backend.ts';
import { encodeTile, splitTiles } from '../../packages/agent/src/features/screen/host/tileCoder.ts';
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
  [3, 16_384],
  [16_384, 4],
  [65_536, 1],
];
const COLOURS = [1, 2, 3, 16, 200, 255, 256, 257, 258, 5_000];

/** A picture that uses exactly `colours` colours, when it has room for them; rows are padded, the unused byte is noise. */
function picture({ width, height }: { width: number; height: number }, colours: number, random: Random): Pixels {
  const palette = new Set<number>();
  while (palette.size < colours) palette.add(random.integer(0, 0xff_ffff));
  const list = [...palette];
  const stride = (width + random.integer(0, 3)) * 4;
  const data = new Uint8Array(stride * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    // The first pixels use every colour once; after that, runs and noise.
    const colour = list[pixel < list.length ? pixel : random.integer(0, list.length - 1)] ?? 0;
    const at = Math.floor(pixel / width) * stride + (pixel % width) * 4;
    data.set([colour & 255, (colour >> 8) & 255, colour >> 16, random.integer(0, 255)], at);
  }
  return { data, stride, width, height };
}

/** What the viewer has after it drew the tiles of `rect`, as R G B A. */
function roundTrip(rect: Rect, pixels: Pixels): Uint8ClampedArray {
  const drawn = new Uint8ClampedArray(rect.width * rect.height * 4);
  for (const tile of splitTiles(rect)) {
    const offset = (tile.y - rect.y) * pixels.stride + (tile.x - rect.x) * 4;
    const coded = encodeTile(tile, pixels, offset);
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
  test(`a picture of ${width}x${height} arrives pixel for pixel, however many colours it has`, () => {
    const random = new Random(width * 31 + height);
    for (const colours of COLOURS) {
      if (colours > width * height) continue;
      const pixels = picture({ width, height }, colours, random);
      assertSame(roundTrip({ x: 3, y: 5, width, height }, pixels), pixels);
    }
  });
}

test('tiles cover their rectangle exactly, and none is larger than the wire allows', () => {
  for (const [width, height] of SHAPES) {
    const tiles = splitTiles({ x: 10, y: 20, width, height });
    assert.equal(
      tiles.reduce((sum, tile) => sum + tile.width * tile.height, 0),
      width * height,
    );
    for (const tile of tiles) {
      assert.ok(tile.width * tile.height <= MAX_TILE_PIXELS);
      assert.ok(
        tile.x >= 10 && tile.y >= 20 && tile.x + tile.width <= 10 + width && tile.y + tile.height <= 20 + height,
      );
    }
    const keys = tiles.map(({ x, y }) => `${x},${y}`);
    assert.equal(new Set(keys).size, tiles.length);
  }
});

test('the number of colours decides the coder', () => {
  const random = new Random(42);
  const coders = [1, 2, 256, 257].map((colours) => {
    const pixels = picture({ width: 64, height: 64 }, colours, random);
    return encodeTile({ x: 0, y: 0, width: 64, height: 64 }, pixels, 0).coder;
  });
  assert.deepEqual(coders, [Coder.solid, Coder.palette, Coder.palette, Coder.rgb]);
});

test('a source whose memory is not aligned for words is coded as well', () => {
  const pixels = picture({ width: 9, height: 9 }, 20, new Random(7));
  const shifted = new Uint8Array(pixels.data.byteLength + 3);
  shifted.set(pixels.data, 3);
  const odd = { ...pixels, data: shifted.subarray(3) };
  assertSame(roundTrip({ x: 0, y: 0, width: 9, height: 9 }, odd), pixels);
});

test('a tile decodes from the bytes of the message that carried it', () => {
  const pixels = picture({ width: 20, height: 10 }, 300 - 150, new Random(8));
  const rects = [encodeTile({ x: 0, y: 0, width: 20, height: 10 }, pixels, 0)];
  const coded = encodeScreen({
    type: 'update',
    seq: 1,
    last: true,
    exact: false,
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
