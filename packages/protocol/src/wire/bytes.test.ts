import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteReader, ByteWriter, utf8, WireError } from './bytes.ts';

test('what was written is read back, wherever the bytes lie in memory', () => {
  const values = fc.record({
    u8: fc.integer({ min: 0, max: 255 }),
    u16: fc.integer({ min: 0, max: 0xffff }),
    i16: fc.integer({ min: -0x8000, max: 0x7fff }),
    u32: fc.integer({ min: 0, max: 0xffff_ffff }),
    f64: fc.double({ noNaN: true, noDefaultInfinity: true }),
    raw: fc.uint8Array({ maxLength: 40 }),
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 9 }), ({ u8, u16, i16, u32, f64, raw, text }, shift) => {
      const coded = utf8(text);
      const writer = new ByteWriter(17 + raw.byteLength + coded.byteLength).u8(u8).u16(u16).i16(i16).u32(u32).f64(f64);
      const { bytes } = writer.raw(raw).raw(coded);
      const shifted = new Uint8Array(bytes.byteLength + shift);
      shifted.set(bytes, shift);
      const reader = new ByteReader(shifted.subarray(shift));
      assert.deepEqual([reader.u8(), reader.u16(), reader.i16(), reader.u32()], [u8, u16, i16, u32]);
      assert.ok(Object.is(reader.f64(), f64));
      assert.deepEqual(reader.bytes(raw.byteLength), raw);
      assert.equal(reader.text(reader.remaining, 1000), text);
      reader.end();
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('reading past the end is refused and moves nothing', () => {
  const reader = new ByteReader(Uint8Array.of(1, 2, 3));
  assert.throws(() => reader.u32(), WireError);
  assert.throws(() => reader.f64(), WireError);
  assert.throws(() => reader.bytes(4), WireError);
  assert.throws(() => reader.bytes(-1), WireError);
  assert.equal(reader.remaining, 3);
});

test('leftover bytes, infinite numbers, broken and overlong texts are refused', () => {
  assert.throws(() => new ByteReader(Uint8Array.of(0)).end(), WireError);
  const infinite = new ByteWriter(8).f64(Number.POSITIVE_INFINITY).bytes;
  assert.throws(() => new ByteReader(infinite).f64(), WireError);
  assert.throws(() => new ByteReader(new ByteWriter(8).f64(Number.NaN).bytes).f64(), WireError);
  assert.throws(() => new ByteReader(Uint8Array.of(0xc3, 0x28)).text(2, 10), WireError);
  assert.throws(() => new ByteReader(utf8('abcd')).text(4, 3), WireError);
});

test('a writer that is too small for its message says so instead of cutting it', () => {
  assert.throws(() => new ByteWriter(1).u16(1), RangeError);
  assert.throws(() => new ByteWriter(1).raw(Uint8Array.of(1, 2)), RangeError);
});
