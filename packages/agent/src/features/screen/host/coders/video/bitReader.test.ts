import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BitReader } from './bitReader.ts';

test('codes are read as H.264 writes them', () => {
  // 1 | 010 | 011 | 00100 | 00101 | 1010 and padding
  const reader = new BitReader(Uint8Array.of(0b10100110, 0b01000010, 0b11010000));
  assert.deepEqual([reader.unsigned(), reader.unsigned(), reader.unsigned()], [0, 1, 2]);
  assert.deepEqual([reader.signed(), reader.signed()], [2, -2]);
  assert.equal(reader.bits(4), 0b1010);
});

test('32 bits are a positive number', () => {
  assert.equal(new BitReader(Uint8Array.of(255, 255, 255, 255)).bits(32), 4_294_967_295);
});

test('reading past the end throws, and so does a code without an end', () => {
  const reader = new BitReader(Uint8Array.of(255));
  reader.bits(8);
  assert.throws(() => reader.flag(), RangeError);
  assert.throws(() => new BitReader(new Uint8Array(2)).unsigned(), RangeError);
  assert.throws(() => new BitReader(new Uint8Array(64)).unsigned(), RangeError);
});
