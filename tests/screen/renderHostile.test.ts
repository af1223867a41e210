import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import jpegTurbo from '@julusian/jpeg-turbo';
import { type CodedRect, Coder, encodeScreen, type Rect } from '@porthole/protocol';
import { buildPortal } from '../../scripts/lib/portal.ts';
import { readPixel } from '../support/canvas.ts';
import { eventually } from '../support/eventually.ts';
import { Random } from './random.ts';
import { BLUE_RED_DELTA, RED_BLUE_KEY } from './renderClips.ts';
import { copy, solid, video } from './renderRects.ts';
import { RenderStage } from './renderStage.ts';

const SIZE = { width: 320, height: 200 };
const WHOLE: Rect = { x: 0, y: 0, ...SIZE };
const SMALL: Rect = { x: 16, y: 16, width: 16, height: 16 };
let stage: RenderStage;

before(async () => {
  buildPortal();
  stage = await RenderStage.open(SIZE);
});
after(() => stage[Symbol.asyncDispose]());

function jpegOf(width: number, height: number): Uint8Array {
  const options = { format: jpegTurbo.FORMAT_BGRX, width, height, subsampling: jpegTurbo.SAMP_420, quality: 80 };
  return jpegTurbo.compressSync(Buffer.alloc(width * height * 4, 100), options);
}

const image = (rect: Rect, bytes: Uint8Array): CodedRect => ({ ...rect, coder: Coder.jpeg, bytes });

/** The page is alive: it paints a picture of a colour that it has never shown. */
let colour = 0;
async function assertAlive(): Promise<void> {
  colour += 1;
  await stage.show([solid(WHOLE, 200, colour, 7)]);
  assert.deepEqual(await readPixel(stage.page, 160, 100), [200, colour, 7]);
  assert.deepEqual(stage.errors, []);
}

const noise = Uint8Array.from({ length: 5_000 }, (_, at) => (Math.imul(at, 0x9e3779b1) >>> 23) & 255);
const jpeg = jpegOf(16, 16);
const BROKEN: Record<string, () => CodedRect[]> = {
  'a rectangle outside of the display': () => [solid({ x: 310, y: 0, width: 11, height: 1 }, 1, 2, 3)],
  'a solid of the largest size there is': () => [solid({ x: 0, y: 0, width: 16_384, height: 16_384 }, 1, 2, 3)],
  'a solid without a colour': () => [solid(SMALL)],
  'a copy from outside': () => [copy(SMALL, 310, 190)],
  'a copy from nowhere': () => [{ ...SMALL, coder: Coder.copy, bytes: Uint8Array.of(1) }],
  'a tile that bursts': () => [{ ...SMALL, coder: Coder.rgb, bytes: deflateRawSync(new Uint8Array(4_000_000)) }],
  'noise as a tile': () => [{ ...SMALL, coder: Coder.palette, bytes: noise }],
  'noise as a JPEG': () => [image(SMALL, noise)],
  'noise as a WebP': () => [{ ...SMALL, coder: Coder.webp, bytes: noise }],
  'a JPEG of another size': () => [image(SMALL, jpegOf(512, 512))],
  'half a JPEG header': () => [image(SMALL, jpeg.subarray(0, 100))],
  'a JPEG that lies about its size': () => [image(SMALL, resized(jpegOf(512, 512), 16))],
  'no bytes as video': () => [{ ...SMALL, coder: Coder.video, bytes: new Uint8Array() }],
  'noise as video': () => [video(SMALL, noise)],
  'video that never began': () => [video(SMALL, BLUE_RED_DELTA, { stream: 77, key: false })],
  'a video frame without its end': () => [video(SMALL, RED_BLUE_KEY, { more: true })],
  'pieces of two streams': () => [
    video(SMALL, RED_BLUE_KEY.subarray(0, 20), { more: true }),
    video(SMALL, RED_BLUE_KEY.subarray(20), { stream: 2, key: false }),
  ],
  'a stream that moves': () => [
    video(SMALL, RED_BLUE_KEY, { stream: 5 }),
    video({ ...SMALL, x: 40 }, BLUE_RED_DELTA, { stream: 5, key: false }),
  ],
  'a codec that does not exist': () => [video(SMALL, RED_BLUE_KEY, { codec: 'nonsense' })],
  'a codec without a name': () => [video(SMALL, RED_BLUE_KEY, { codec: '' })],
};

/** Overwrites the size in the header of a baseline JPEG. */
function resized(bytes: Uint8Array, side: number): Uint8Array {
  const copied = Uint8Array.from(bytes);
  for (let at = 2; at < copied.byteLength; at += 2 + ((copied[at + 2] ?? 0) << 8) + (copied[at + 3] ?? 0)) {
    if (copied[at + 1] !== 0xc0) continue;
    copied.set([side >> 8, side & 255, side >> 8, side & 255], at + 5);
    return copied;
  }
  throw new Error('no frame header');
}

for (const [what, rects] of Object.entries(BROKEN)) {
  test(`${what} costs a refresh and nothing else`, async () => {
    const { length } = stage.replies;
    await stage.show(rects());
    if (what !== 'a JPEG that lies about its size') {
      await eventually('a refresh', () => stage.replies.slice(length).some(({ type }) => type === 'refresh'));
    }
    await assertAlive();
  });
}

test('however much is broken, refreshes are asked for at most every 800 ms', async () => {
  const start = performance.now();
  const before = stage.count('refresh');
  for (let n = 0; n < 100; n++) await stage.show([solid({ ...SMALL, x: 1_000 }, 1, 2, 3)]);
  const allowed = 1 + Math.ceil((performance.now() - start) / 800);
  const asked = stage.count('refresh') - before;
  assert.ok(asked > 0 && asked <= allowed, `${asked} refreshes, ${allowed} allowed`);
  await assertAlive();
});

test('a thousand streams at once end in four decoders and a living page', async () => {
  const rects = Array.from({ length: 250 }, (_, stream) => video(SMALL, RED_BLUE_KEY, { stream }));
  for (let n = 0; n < 4; n++) await stage.show(rects);
  await stage.show([video(SMALL, RED_BLUE_KEY, { stream: 250 })]);
  const [red, , blue] = await readPixel(stage.page, 18, 24);
  assert.ok(red > 240 && blue < 15);
  await assertAlive();
});

test('more pixels than any picture has are refused', async () => {
  const before = stage.count('refresh');
  const bytes = Uint8Array.of(0, 1, 2, 3, ...deflateRawSync(new Uint8Array(320 * 200)));
  const tile: CodedRect = { ...WHOLE, coder: Coder.palette, bytes };
  await stage.show(Array.from({ length: 1_500 }, () => tile));
  await stage.heard('refresh', before);
  await assertAlive();
});

test('a picture that never ends does not take the page with it', async () => {
  const many = Array.from({ length: 15_000 }, () => solid({ x: 0, y: 0, width: 1, height: 1 }, 9, 9, 9));
  for (let n = 0; n < 12; n++) {
    const seq = stage.picture(many, { last: false, seq: 1_000_000 });
    assert.equal(seq, 1_000_000);
    // No more than the relay's window at once, or it would keep the rest back.
    if (n % 3 === 2) await stage.heard('ping', stage.count('ping'));
  }
  await assertAlive();
});

test('any bytes at all leave a page that shows the next picture', async () => {
  const random = new Random(33);
  const whole = encodeScreen({
    type: 'update',
    seq: 5,
    last: true,
    exact: true,
    delayAck: false,
    capturedAt: 1,
    captureMs: 0,
    encodeMs: 0,
    rects: Object.values(BROKEN)
      .flatMap((rects) => rects().slice(0, 1))
      .filter(({ bytes }) => bytes.byteLength < 600),
  });
  for (let n = 0; n < 200; n++) {
    const bytes = Uint8Array.from(whole);
    // The head stays: a message that is none closes the channel, which is tested on the wire.
    for (let change = 0; change < 4; change++) bytes[random.integer(33, bytes.byteLength - 1)] = random.integer(0, 255);
    const opening = stage.params;
    stage.sayBytes(bytes, true);
    if (n % 20 === 19)
      await eventually('the channel is open', async () => stage.params !== undefined && opening !== undefined);
  }
  await eventually('the page shows pictures', async () => {
    stage.picture([solid(WHOLE, 3, 2, 1)]);
    return (await readPixel(stage.page, 160, 100)).join() === '3,2,1';
  });
  assert.deepEqual(stage.errors, []);
});
