import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codecString, findSps, showsAtOnce } from './sps.ts';

/** As libx264 writes them: plain; cropped; with scaling lists, aspect ratio and timing model; with reordered pictures. */
const RECORDED = {
  main: '674d401fda014016e9a808080a000003000200000300791e306540',
  cropped: '67640028acb403c0113f2cd40404050000030001000003003c8f1832a0',
  timing: '67640028acb403c0113f2e1cd40404050000030001000003003ce6a000f424001e84a5420078c195',
  reordered: '6764000dacd941419f9e10000003001000000303c0f142996000',
  baseline: '6742c01eda0280bfe49a808080a0000003002000000791e2c5d4',
};

/** The parameter set of an access unit that holds it between a delimiter and parameters of pictures. */
const parse = (hex: string) => findSps(Buffer.from(`0000000109f000000001${hex}0000000168ef8fcb`, 'hex'));

test('profile, level, size, order and colours are read', () => {
  const bt709 = { fullRange: false, primaries: 1, transfer: 1, matrix: 1 };
  const order = { pictureOrderType: 2, maxReorderFrames: 0, colour: bt709 };
  assert.deepEqual(parse(RECORDED.main), {
    profile: 77,
    constraints: 64,
    level: 31,
    width: 1280,
    height: 720,
    ...order,
  });
  assert.deepEqual(parse(RECORDED.cropped), {
    profile: 100,
    constraints: 0,
    level: 40,
    width: 1920,
    height: 1080,
    ...order,
  });
  assert.deepEqual(parse(RECORDED.timing), {
    profile: 100,
    constraints: 0,
    level: 40,
    width: 1920,
    height: 1080,
    ...order,
  });
  assert.deepEqual(parse(RECORDED.baseline), {
    profile: 66,
    constraints: 192,
    level: 30,
    width: 640,
    height: 362,
    ...order,
  });
});

test('a stream that reorders is told from one that does not', () => {
  const sps = parse(RECORDED.reordered);
  assert.deepEqual([sps?.width, sps?.height, sps?.colour], [320, 180, undefined]);
  assert.equal(sps && showsAtOnce(sps), false);
  const main = parse(RECORDED.main);
  assert.equal(main && showsAtOnce(main), true);
});

test('the codec string is the one that browsers know', () => {
  const sps = parse(RECORDED.main);
  assert.equal(sps && codecString(sps), 'avc1.4D401F');
  const low = parse(RECORDED.baseline);
  assert.equal(low && codecString({ ...low, level: 10 }), 'avc1.42C00A');
});

test('a parameter set that is cut off anywhere throws, and never loops', () => {
  const bytes = Buffer.from(RECORDED.timing, 'hex');
  for (let length = 1; length < bytes.byteLength - 1; length++) {
    assert.throws(() => parse(bytes.subarray(0, length).toString('hex')), RangeError);
  }
});

test('an access unit without one has none', () => {
  assert.equal(findSps(Buffer.from('0000000165b80400', 'hex')), undefined);
  assert.equal(findSps(new Uint8Array()), undefined);
});
