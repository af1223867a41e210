import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareKey } from './accessUnit.ts';

const SPS = '00000001674d401fda014016e9a808080a000003000200000300791e306540';
const REORDERED = '000000016764000dacd941419f9e10000003001000000303c0f142996000';
const PPS = '0000000168ef8fcb';
const SEI = '00000106054264';
const IDR = '00000165b80401';
const SLICE = '00000141b80401';

const prepare = (...units: string[]) => prepareKey(Buffer.from(units.join(''), 'hex'));

test('a key loses what its encoder says about itself', () => {
  const { bytes, codec } = prepare(SPS, PPS, SEI, IDR);
  assert.equal(Buffer.from(bytes).toString('hex'), `${SPS}${PPS}00${IDR}`);
  assert.equal(codec, 'avc1.4D401F');
});

test('a key that a stream cannot begin with is refused', () => {
  assert.throws(() => prepare(PPS, IDR), /parameter sets/);
  assert.throws(() => prepare(SPS, IDR), /parameter sets/);
  assert.throws(() => prepare(SPS, PPS, SLICE), /none/);
  assert.throws(() => prepare(), /parameter sets/);
});

test('a stream whose pictures a browser would hold back is refused', () => {
  assert.throws(() => prepare(REORDERED, PPS, IDR), /late/);
});
