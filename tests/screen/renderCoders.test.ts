import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import jpegTurbo from '@julusian/jpeg-turbo';
import { type CodedRect, Coder, type Rect } from '@porthole/protocol';
import type { ScreenReport } from '../../packages/portal/src/features/screen/scriptAccess.ts';
import { buildPortal } from '../../scripts/lib/portal.ts';
import { readCanvas, readPixel } from '../support/canvas.ts';
import { eventually } from '../support/eventually.ts';
import { BLUE_RED_KEY, RED_BLUE_KEY } from './renderClips.ts';
import { copy, solid, video } from './renderRects.ts';
import { RenderStage } from './renderStage.ts';

const SIZE = { width: 320, height: 200 };
const WHOLE: Rect = { x: 0, y: 0, ...SIZE };
let stage: RenderStage;

before(async () => {
  buildPortal();
  stage = await RenderStage.open(SIZE);
});
after(() => stage[Symbol.asyncDispose]());

function rgb(rect: Rect, at: (x: number, y: number) => number[]): CodedRect {
  const bytes: number[] = [];
  for (let y = 0; y < rect.height; y++) {
    let before = [0, 0, 0];
    for (let x = 0; x < rect.width; x++) {
      const pixel = at(x, y);
      bytes.push(...pixel.map((value, channel) => (value - (before[channel] ?? 0)) & 255));
      before = pixel;
    }
  }
  return { ...rect, coder: Coder.rgb, bytes: deflateRawSync(Uint8Array.from(bytes)) };
}

function jpeg(rect: Rect, at: (x: number, y: number) => number[], subsampling = jpegTurbo.SAMP_444): CodedRect {
  const pixels = Buffer.alloc(rect.width * rect.height * 4);
  for (let y = 0; y < rect.height; y++) {
    for (let x = 0; x < rect.width; x++) {
      const [red = 0, green = 0, blue = 0] = at(x, y);
      pixels.set([blue, green, red, 255], (y * rect.width + x) * 4);
    }
  }
  const { width, height } = rect;
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling, quality: 95 };
  return { ...rect, coder: Coder.jpeg, bytes: jpegTurbo.compressSync(pixels, options) };
}

async function assertNear(x: number, y: number, expected: number[], tolerance = 12): Promise<void> {
  const seen = await readPixel(stage.page, x, y);
  const isNear = expected.every((value, channel) => Math.abs(value - (seen[channel] ?? -999)) <= tolerance);
  assert.ok(isNear, `${x},${y}: ${seen.join()} instead of ${expected.join()}`);
}

test('every coder paints its rectangle, in order within a picture', async () => {
  const gradient = (x: number, y: number) => [x * 3, y * 5, 90];
  await stage.show([
    solid(WHOLE, 10, 20, 30),
    rgb({ x: 8, y: 8, width: 32, height: 16 }, gradient),
    jpeg({ x: 64, y: 8, width: 40, height: 24 }, gradient),
    jpeg({ x: 64, y: 40, width: 41, height: 25 }, gradient, jpegTurbo.SAMP_420),
    video({ x: 120, y: 8, width: 16, height: 16 }, RED_BLUE_KEY),
    copy({ x: 120, y: 40, width: 16, height: 16 }, 120, 8),
    solid({ x: 124, y: 12, width: 2, height: 2 }, 1, 2, 3),
  ]);
  assert.deepEqual(await readPixel(stage.page, 300, 190), [10, 20, 30]);
  assert.deepEqual(await readPixel(stage.page, 8 + 31, 8 + 15), [93, 75, 90]);
  await assertNear(64 + 20, 8 + 12, [60, 60, 90]);
  await assertNear(64 + 20, 40 + 12, [60, 60, 90]);
  await assertNear(122, 16, [255, 0, 0]);
  await assertNear(133, 16, [0, 0, 255]);
  await assertNear(122, 48, [255, 0, 0]);
  await assertNear(125, 45, [255, 0, 0]);
  assert.deepEqual(await readPixel(stage.page, 125, 13), [1, 2, 3]);
});

test('copies may overlap themselves, in any direction, and take the state at their turn', async () => {
  const line = (y: number) => [y, 255 - y, (y * 7) & 255];
  await stage.show([rgb({ x: 0, y: 0, width: 320, height: 200 }, (_, y) => line(y))]);
  await stage.show([
    copy({ x: 0, y: 0, width: 320, height: 190 }, 0, 10),
    solid({ x: 0, y: 190, width: 320, height: 10 }, 7, 7, 7),
  ]);
  assert.deepEqual(await readPixel(stage.page, 5, 0), line(10));
  assert.deepEqual(await readPixel(stage.page, 5, 189), line(199));
  await stage.show([copy({ x: 3, y: 10, width: 317, height: 190 }, 0, 0)]);
  assert.deepEqual(await readPixel(stage.page, 319, 199), line(199));
  assert.deepEqual(await readPixel(stage.page, 319, 10), line(10));
});

test('pictures that decode at once wait for those before them that take longer', async () => {
  const area = { x: 0, y: 0, width: 256, height: 160 };
  const slow = stage.picture([jpeg(area, () => [200, 0, 0])]);
  const quick = stage.picture([solid(area, 0, 200, 0)]);
  await stage.painted(slow);
  await stage.painted(quick);
  assert.deepEqual(await readPixel(stage.page, 100, 100), [0, 200, 0]);
  const acks = stage.replies.flatMap((reply) => (reply.type === 'ack' ? reply.seq : []));
  assert.deepEqual(
    acks,
    acks.toSorted((a, b) => a - b),
  );
});

test('a video frame in pieces, over several parts of a picture, is one frame', async () => {
  const rect = { x: 32, y: 32, width: 16, height: 16 };
  const third = Math.floor(BLUE_RED_KEY.byteLength / 3);
  const pieces = [
    BLUE_RED_KEY.subarray(0, third),
    BLUE_RED_KEY.subarray(third, 2 * third),
    BLUE_RED_KEY.subarray(2 * third),
  ];
  const [first, second, last] = pieces as [Uint8Array, Uint8Array, Uint8Array];
  const seq = stage.picture([video(rect, first, { more: true }), video(rect, second, { more: true, key: false })], {
    last: false,
  });
  stage.picture([video(rect, last, { key: false })], { seq });
  await stage.painted(seq);
  await assertNear(34, 40, [0, 0, 255]);
  await assertNear(45, 40, [255, 0, 0]);
});

test('a frame larger than its rectangle is cropped, and odd places and sizes are as good as even ones', async () => {
  await stage.show([
    solid(WHOLE, 50, 50, 50),
    video({ x: 61, y: 33, width: 11, height: 7 }, RED_BLUE_KEY, { stream: 2 }),
  ]);
  await assertNear(63, 35, [255, 0, 0]);
  await assertNear(71, 39, [0, 0, 255]);
  assert.deepEqual(await readPixel(stage.page, 72, 36), [50, 50, 50]);
  assert.deepEqual(await readPixel(stage.page, 63, 40), [50, 50, 50]);
});

test('a frame smaller than its rectangle is drawn where it is', async () => {
  await stage.show([
    solid(WHOLE, 50, 50, 50),
    video({ x: 0, y: 0, width: 64, height: 64 }, RED_BLUE_KEY, { stream: 3 }),
  ]);
  await assertNear(2, 8, [255, 0, 0]);
  assert.deepEqual(await readPixel(stage.page, 20, 20), [50, 50, 50]);
});

test('what the browser decodes is offered after really decoding it, best first', async () => {
  const wish = stage.replies.findLast((reply) => reply.type === 'wish');
  assert.ok(wish?.type === 'wish');
  assert.deepEqual(wish.wishes.codecs.slice(0, 2), ['avc1.42C02A', 'avc1.42C033']);
  const { picture, maxFps, maxKBps } = wish.wishes;
  assert.deepEqual({ picture, maxFps, maxKBps }, { picture: 'auto', maxFps: 60, maxKBps: 0 });
});

test('the page says whether the picture is exact, and scripts can ask for the figures', async () => {
  const says = (word: RegExp) => stage.page.getByRole('button', { name: word }).isVisible();
  await stage.show([solid(WHOLE, 1, 1, 1)], { exact: false });
  await eventually('the pill says refining', () => says(/^Latency.*refining/));
  await stage.show([solid(WHOLE, 1, 1, 1)]);
  await eventually('the pill says exact', () => says(/^Latency.*exact/));
  const report = await eventually('figures are there', async () => {
    const figures = await stage.page.evaluate((): ScreenReport | undefined => window.porthole?.screen?.());
    return figures?.coders && figures.coders.solid.area > 0 ? figures : undefined;
  });
  assert.deepEqual([report.width, report.height, report.exact, report.phase], [320, 200, true, 'live']);
  const { capture, encode, relay, network, decode, paint, total } = report.latency ?? assert.fail('no latency');
  assert.ok([capture, encode, relay, network, decode, paint].every(({ p50 }) => p50 >= 0) && total.p50 > 0);
});

test('the display is resized while pictures are on their way', async () => {
  const rect = { x: 0, y: 0, width: 320, height: 200 };
  const before = stage.picture([jpeg(rect, () => [1, 2, 3])]);
  stage.begin({ width: 100, height: 80 });
  await stage.painted(before);
  await stage.show([solid({ x: 0, y: 0, width: 100, height: 80 }, 9, 8, 7)]);
  const { width, height } = await readCanvas(stage.page);
  assert.deepEqual([width, height], [100, 80]);
  assert.deepEqual(await readPixel(stage.page, 99, 79), [9, 8, 7]);
  stage.begin();
  await stage.show([solid(WHOLE, 4, 5, 6)]);
  assert.deepEqual(await readPixel(stage.page, 319, 199), [4, 5, 6]);
  assert.deepEqual(stage.errors, []);
});
