import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grainyPicture } from '../../../../../../../../tests/support/grainyPicture.ts';
import { psnr, VideoDecoder } from '../../../../../../../../tests/support/videoDecoder.ts';
import { nalType, splitAnnexB } from './annexB.ts';
import { openVideoEncoder } from './openVideoEncoder.ts';
import { findSps } from './sps.ts';
import type { VideoEncoder } from './videoEncoder.ts';

const MAIN = ['avc1.4D401F'];
const size = { width: 640, height: 360 };
/** Software everywhere, so that the tests mean the same on every machine. */
const options = { ...size, codecs: MAIN, bytesPerSecond: 300_000, fps: 30, hardware: false };
const unsupported = { name: 'PortholeError', code: 'feature.unsupported' };

/** Bytes of `count` pictures coded one after the other, from the given one on. */
async function sizes(encoder: VideoEncoder, from: number, count: number): Promise<number[]> {
  const bytes: number[] = [];
  for (let index = from; index < from + count; index++) {
    const frame = await encoder.encode(grainyPicture({ ...size, index, grain: 30 }), { key: false });
    bytes.push(frame.bytes.byteLength);
  }
  return bytes;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test('each picture comes out at once, close to what went in, and a key only when asked for', async () => {
  const encoder = await openVideoEncoder(options);
  using decoder = await VideoDecoder.open();
  const keys: number[] = [];
  for (let index = 0; index < 60; index++) {
    const pixels = grainyPicture({ ...size, index, grain: 4 });
    const frame = await encoder.encode(pixels, { key: index === 20 || index === 21 });
    if (frame.key) keys.push(index);
    const shown = await decoder.decode(frame.bytes);
    assert.ok(shown, `picture ${index} is shown at once`);
    assert.ok(psnr(shown, pixels) > 30, `picture ${index}: ${psnr(shown, pixels)} dB`);
  }
  assert.deepEqual(keys, [0, 20, 21]);
  encoder.close();
});

test('a stream says of itself that nothing is reordered, and what its colours mean', async () => {
  for (const [codecs, profile] of [
    [['avc1.42E01F'], 66],
    [['avc1.42E01F', 'avc1.640028'], 77],
    [['avc1'], 77],
  ] as const) {
    const encoder = await openVideoEncoder({ ...options, codecs });
    const { bytes } = await encoder.encode(grainyPicture({ ...size, index: 0 }), { key: false });
    const sps = findSps(bytes);
    assert.deepEqual([sps?.profile, sps?.width, sps?.height, sps?.maxReorderFrames], [profile, 640, 360, 0]);
    assert.deepEqual(sps?.colour, { fullRange: false, primaries: 1, transfer: 1, matrix: 1 });
    assert.match(encoder.codec, profile === 66 ? /^avc1\.42C0../ : /^avc1\.4D40../);
    assert.deepEqual([...new Set(splitAnnexB(bytes).map(nalType))], [7, 8, 5]);
    encoder.close();
  }
});

test('colours survive: the decoder that believes the stream gets them back', async () => {
  const encoder = await openVideoEncoder(options);
  using decoder = await VideoDecoder.open();
  for (const colour of [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [0, 0, 0],
    [128, 64, 200],
  ]) {
    const data = new Uint8Array(640 * 360 * 4).map((_, index) => colour[index % 4] ?? 0);
    const { bytes } = await encoder.encode({ ...size, data, stride: 640 * 4 }, { key: true });
    const shown = await decoder.decode(bytes);
    const at = 180 * (shown?.stride ?? 0) + 320 * 4;
    const seen = [...(shown?.data.subarray(at, at + 3) ?? [])];
    const error = Math.max(...seen.map((value, index) => Math.abs(value - (colour[index] ?? 0))));
    assert.ok(seen.length === 3 && error <= 4, `${colour} became ${seen}`);
  }
  encoder.close();
});

test('pictures that are hard to code keep to the rate within a tenth, each to its share', async () => {
  const encoder = await openVideoEncoder({ ...options, bytesPerSecond: 150_000 });
  const [key = 0, ...rest] = await sizes(encoder, 0, 61);
  const rate = (sum(rest) / rest.length) * 30;
  assert.ok(rate > 135_000 && rate < 165_000, `${rate} bytes per second`);
  assert.ok(Math.max(...rest) < 1.25 * 5_000, `a picture of ${Math.max(...rest)} bytes`);
  assert.ok(key > 5_000 && key < 4.5 * 5_000, `a key of ${key} bytes`);
  encoder.close();
});

test('a new rate is kept within a second, down and up, and fewer pictures may be larger ones', async () => {
  const encoder = await openVideoEncoder({ ...options, bytesPerSecond: 240_000 });
  await sizes(encoder, 0, 15);
  encoder.setRate(90_000, 30);
  const slow = sum(await sizes(encoder, 15, 30));
  encoder.setRate(240_000, 30);
  const fast = sum(await sizes(encoder, 45, 30));
  encoder.setRate(90_000, 15);
  const few = sum(await sizes(encoder, 75, 15));
  encoder.setRate(Number.NaN, 0);
  await sizes(encoder, 90, 1);
  encoder.close();
  assert.ok(slow < 99_000, `${slow} bytes in the first second at 90 kB/s`);
  assert.ok(fast > 190_000 && fast < 264_000, `${fast} bytes in the first second at 240 kB/s`);
  assert.ok(few > 75_000 && few < 99_000, `${few} bytes in 15 pictures at 90 kB/s`);
});

test('a still picture costs next to nothing', async () => {
  const encoder = await openVideoEncoder(options);
  const pixels = grainyPicture({ ...size, index: 0, grain: 8 });
  for (let index = 0; index < 10; index++) await encoder.encode(pixels, { key: false });
  const { bytes } = await encoder.encode(pixels, { key: false });
  assert.ok(bytes.byteLength < 1_000, `${bytes.byteLength} bytes`);
  encoder.close();
});

test('sizes from the smallest to 4K work, with edges that fill no block', async () => {
  for (const [width, height] of [
    [16, 16],
    [18, 34],
    [350, 202],
    [3840, 2160],
  ] as const) {
    const encoder = await openVideoEncoder({ ...options, width, height });
    using decoder = await VideoDecoder.open();
    const pixels = grainyPicture({ width, height, index: 1 });
    await encoder.encode(pixels, { key: true });
    const { bytes } = await encoder.encode(pixels, { key: true });
    const shown = await decoder.decode(bytes);
    assert.deepEqual([shown?.width, shown?.height], [width, height]);
    assert.ok(shown && psnr(shown, pixels) > 27, `${width} x ${height}`);
    encoder.close();
  }
});

test('odd and absurd sizes, viewers without H.264 and rates of nothing are refused', async () => {
  for (const [width, height] of [
    [15, 16],
    [17, 16],
    [640, 361],
    [0, 0],
    [-2, 16],
    [16_384, 16],
    [Number.NaN, 16],
  ] as const) {
    await assert.rejects(openVideoEncoder({ ...options, width, height }), unsupported);
  }
  await assert.rejects(openVideoEncoder({ ...options, codecs: [] }), unsupported);
  await assert.rejects(
    openVideoEncoder({ ...options, codecs: ['vp09.00.10.08', 'av01.0.04M.08', 'hvc1.1'] }),
    unsupported,
  );
  await assert.rejects(openVideoEncoder({ ...options, bytesPerSecond: 0 }), unsupported);
  await assert.rejects(openVideoEncoder({ ...options, fps: Number.NaN }), unsupported);
});

test('two encoders at once do not disturb each other', async () => {
  const encoders = await Promise.all([
    openVideoEncoder(options),
    openVideoEncoder({ ...options, bytesPerSecond: 60_000 }),
  ]);
  const run = async (encoder: VideoEncoder) => {
    using decoder = await VideoDecoder.open();
    for (let index = 0; index < 15; index++) {
      const { bytes } = await encoder.encode(grainyPicture({ ...size, index }), { key: index === 8 });
      assert.ok(await decoder.decode(bytes));
    }
    encoder.close();
  };
  await Promise.all(encoders.map(run));
});

test('a picture of another size, or cut off, is rejected, and the encoder goes on', async () => {
  const encoder = await openVideoEncoder(options);
  const pixels = grainyPicture({ ...size, index: 0 });
  await assert.rejects(encoder.encode({ ...pixels, width: 638 }, { key: false }), RangeError);
  await assert.rejects(encoder.encode({ ...pixels, stride: 640 }, { key: false }), RangeError);
  await assert.rejects(encoder.encode({ ...pixels, data: pixels.data.subarray(0, -200) }, { key: false }), RangeError);
  assert.equal((await encoder.encode(pixels, { key: false })).key, true);
  encoder.close();
});

test('only one picture at a time', async () => {
  const encoder = await openVideoEncoder(options);
  const pixels = grainyPicture({ ...size, index: 0 });
  const first = encoder.encode(pixels, { key: false });
  await assert.rejects(encoder.encode(pixels, { key: false }), /busy/);
  assert.equal((await first).key, true);
  encoder.close();
});

test('closing in the middle of a picture lets it finish, and closing again does nothing', async () => {
  const encoder = await openVideoEncoder(options);
  const pixels = grainyPicture({ ...size, index: 0 });
  await encoder.encode(pixels, { key: false });
  const last = encoder.encode(pixels, { key: true });
  encoder.close();
  encoder.close();
  assert.equal((await last).key, true);
  await assert.rejects(encoder.encode(pixels, { key: false }), /closed/);
  encoder.close();
});

test('pictures are read when they are handed over, not later', async () => {
  const encoder = await openVideoEncoder(options);
  using decoder = await VideoDecoder.open();
  const pixels = grainyPicture({ ...size, index: 0 });
  const kept = { ...pixels, data: Uint8Array.from(pixels.data) };
  const coding = encoder.encode(pixels, { key: true });
  pixels.data.fill(0);
  const shown = await decoder.decode((await coding).bytes);
  assert.ok(shown && psnr(shown, kept) > 27);
  encoder.close();
});
