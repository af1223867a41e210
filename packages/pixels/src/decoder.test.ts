import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { MAX_TILE_PIXELS, WireError } from '@porthole/protocol';
import fc from 'fast-check';
import { buildPixels } from './build.ts';
import { PixelDecoder } from './decoder.ts';
import { contents, skewed } from './testing/contents.ts';

let decoder: PixelDecoder;

before(async () => {
  decoder = await PixelDecoder.open(new Uint8Array(readFileSync(buildPixels())));
});

const strategies = fc.constantFrom(
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
);

test('inflates whatever zlib deflates', () => {
  fc.assert(
    fc.property(contents, fc.integer({ min: 0, max: 9 }), strategies, (content, level, strategy) => {
      const bytes = deflateRawSync(content, { level, strategy });
      assert.deepEqual(Buffer.from(decoder.inflate(bytes, content.length)), content);
    }),
    { seed: 21, numRuns: 300 },
  );
});

test('long codes and far repeats come through', () => {
  const rare = skewed(21);
  const far = Buffer.concat([rare.subarray(0, 500), Buffer.alloc(32_000, 1), rare.subarray(0, 500)]);
  for (const content of [rare, far, Buffer.alloc(MAX_TILE_PIXELS * 3, 9)]) {
    const bytes = deflateRawSync(content, { level: 9 });
    assert.deepEqual(Buffer.from(decoder.inflate(bytes, content.length)), content);
  }
});

test('a stream that is cut, too short, too long, or followed by something is refused', () => {
  const random = Uint8Array.from({ length: 5000 }, (_, at) => (Math.imul(at, 0x9e37_79b1) >>> 24) & 15);
  for (const level of [0, 1, 9]) {
    const bytes = deflateRawSync(random, { level });
    for (const size of [0, 1, 4999, 5001, MAX_TILE_PIXELS * 3]) {
      assert.throws(() => decoder.inflate(bytes, size), WireError);
    }
    for (let length = 0; length < bytes.length; length += 7) {
      assert.throws(() => decoder.inflate(bytes.subarray(0, length), 5000), WireError);
    }
    assert.throws(() => decoder.inflate(Buffer.concat([bytes, Buffer.of(0)]), 5000), WireError);
    assert.deepEqual(Buffer.from(decoder.inflate(bytes, 5000)), Buffer.from(random));
  }
  for (const size of [-1, 0.5, Number.NaN, MAX_TILE_PIXELS * 3 + 1]) {
    assert.throws(() => decoder.inflate(new Uint8Array(9), size), WireError);
  }
});

test('damaged streams are refused or make what zlib makes of them, and the next one is not harmed', () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
  const intact = deflateRawSync(Buffer.from('the quick brown fox '.repeat(40)));
  fc.assert(
    fc.property(contents, flips, strategies, (content, changes, strategy) => {
      const bytes = deflateRawSync(content, { strategy });
      for (const [at, flip] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
      const made = attempt(() => decoder.inflate(bytes, content.length).slice());
      if (made) assert.deepEqual(Buffer.from(made), inflateRawSync(bytes));
      assert.equal(decoder.inflate(intact, 800).length, 800);
    }),
    { seed: 22, numRuns: 1000 },
  );
});

test('any bytes at all are refused or inflated', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 500 }), (bytes, size) => {
      const made = attempt(() => decoder.inflate(bytes, size).slice());
      if (made) assert.deepEqual(Buffer.from(made), inflateRawSync(bytes));
      else refused++;
    }),
    { seed: 23, numRuns: 2000 },
  );
  assert.ok(refused > 1000);
});

test('a palette tile becomes pixels; indices beyond the palette are black', () => {
  const bytes = Uint8Array.of(1, 9, 8, 7, 6, 5, 4, ...deflateRawSync(Uint8Array.of(0, 1, 2, 255)));
  assert.deepEqual([...decoder.palette(bytes, 4)], [9, 8, 7, 255, 6, 5, 4, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
});

test('differences add up along a row and start anew in the next', () => {
  const deltas = deflateRawSync(Uint8Array.of(250, 0, 1, 10, 0, 1, 0, 0, 0, 1, 1, 1));
  assert.deepEqual([...decoder.rgb(deltas, 2, 2)], [250, 0, 1, 255, 4, 0, 2, 255, 0, 0, 0, 255, 1, 1, 1, 255]);
});

test('tiles of another size, or larger than any tile, are refused', () => {
  const palette = Uint8Array.of(255, ...new Uint8Array(700));
  assert.throws(() => decoder.palette(new Uint8Array(0), 1), WireError);
  assert.throws(() => decoder.palette(palette, 1), WireError);
  const bytes = deflateRawSync(new Uint8Array(24));
  assert.throws(() => decoder.rgb(bytes, 3, 3), WireError);
  assert.throws(() => decoder.rgb(bytes, 0, 8), WireError);
  assert.throws(() => decoder.rgb(bytes, MAX_TILE_PIXELS, 2), WireError);
  assert.equal(decoder.rgb(bytes, 4, 2).byteLength, 32);
});

test('a tile made to burst is refused', () => {
  const bomb = deflateRawSync(Buffer.alloc(20_000_000), { level: 9 });
  assert.throws(() => decoder.rgb(bomb, 256, 256), WireError);
  assert.throws(() => decoder.palette(Uint8Array.of(0, 1, 2, 3, ...bomb), 1), WireError);
});

test('what is no module is refused', async () => {
  await assert.rejects(PixelDecoder.open(Uint8Array.of(0, 97, 115, 109, 9, 9)));
});

/** What it returns, or undefined when it throws a `WireError`; anything else thrown is a fault. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    return undefined;
  }
}
