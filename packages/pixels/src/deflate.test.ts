import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { MAX_TILE_PIXELS } from '@porthole/protocol';
import fc from 'fast-check';
import { buildPixels } from './build.ts';
import { PixelDecoder } from './decoder.ts';
import type { PixelExports } from './exports.ts';
import { PixelKernel } from './index.ts';
import { contents, skewed } from './testing/contents.ts';
import { hash, Picture, showing, stage, text } from './testing/picture.ts';
import { compileWasm, growTo, instantiateWasm } from './wasm.ts';

const MAX_BYTES = MAX_TILE_PIXELS * 3;

let kernel: PixelKernel;
let decoder: PixelDecoder;

before(async () => {
  kernel = await PixelKernel.open(256, 256);
  decoder = await PixelDecoder.open(new Uint8Array(readFileSync(buildPixels())));
});

function storedBytes(length: number): number {
  return length + 5 * Math.max(1, Math.ceil(length / 65_535));
}

function deflate(content: Uint8Array, rowLength = 0): Uint8Array {
  const staged = kernel.staging(content.length);
  staged.set(content);
  return kernel.deflate(staged, rowLength);
}

/** Deflates, and has it read by zlib and by the portal's own decoder; returns how many bytes it took. */
function roundTrip(content: Uint8Array, rowLength = 0): number {
  const coded = deflate(content, rowLength);
  assert.ok(coded.length <= storedBytes(content.length), `${coded.length} for ${content.length}`);
  assert.ok(inflateRawSync(coded).equals(content), 'zlib reads something else');
  assert.ok(Buffer.from(decoder.inflate(coded, content.length)).equals(content), 'the decoder reads something else');
  return coded.length;
}

/** Bytes of so many bits each. */
function noise(length: number, bits: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => hash(7, bits, at) & ((1 << bits) - 1));
}

test('whatever is deflated is inflated to the same, and no longer than stored', () => {
  fc.assert(
    fc.property(contents, fc.nat(400), (content, rowLength) => void roundTrip(content, rowLength)),
    { seed: 31, numRuns: 500 },
  );
});

test('any few bytes come through', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(9),
      (content, rowLength) => void roundTrip(content, rowLength),
    ),
    { seed: 32, numRuns: 1000 },
  );
});

test('sizes at the edges of blocks come through, of noise, of few values and of one', () => {
  for (const length of [0, 1, 7, 8, 9, 65_534, 65_535, 65_536, 65_537, 131_070, 131_073, MAX_BYTES - 1, MAX_BYTES]) {
    for (const bits of [0, 1, 4, 8]) roundTrip(noise(length, bits), 256);
  }
});

test('a row that is as the one above it takes next to nothing, in the next block too', () => {
  const row = noise(1000, 8);
  const rows = Buffer.concat(Array.from({ length: 150 }, () => row));
  assert.ok(roundTrip(rows, 1000) < 3000);
  for (const wrong of [1, 999, 32_768, 32_769, 200_000, 2 ** 32, 2 ** 32 + 7]) roundTrip(rows, wrong);
});

test('what is far back is found up to 32,768 bytes, and no farther', () => {
  const piece = noise(200, 8);
  for (const distance of [32_767, 32_768, 32_769]) {
    const between = Buffer.alloc(distance - piece.length, 9);
    const length = roundTrip(Buffer.concat([piece, between, piece]));
    assert.equal(length < 400, distance <= 32_768, `${length} at ${distance}`);
  }
});

test('codes that would be longer than deflate has them are shortened', () => {
  for (const symbols of [16, 18, 20, 22]) roundTrip(skewed(symbols));
});

test('noise is stored', () => {
  for (const length of [100, 5000, 65_535, 65_536, MAX_BYTES]) {
    assert.equal(roundTrip(noise(length, 8)), storedBytes(length));
  }
});

test('tiles take about what they take at level 1 of zlib', async () => {
  const picture = new Picture(512, 128, text(0, 0));
  const shown = await showing(picture);
  stage(shown, picture, picture.whole);
  const indices = shown.index({ staged: picture.whole }, picture.whole)?.indices ?? new Uint8Array(0);
  const level1 = deflateRawSync(indices, { level: 1 }).length;
  assert.ok(shown.deflate(indices, 512).length < level1 * 1.1);
  const differences = shown.differences('shadow', picture.whole);
  assert.ok(inflateRawSync(shown.deflate(differences, 512 * 3)).equals(differences));
});

test('a result stays while other things are asked of the kernel', () => {
  const content = noise(3000, 3);
  const coded = deflate(content, 50);
  const rect = { x: 0, y: 0, width: 100, height: 100 };
  kernel.staging(40_000).fill(3);
  kernel.diff(rect);
  kernel.accept(rect, rect);
  kernel.index('shadow', rect);
  kernel.differences('shadow', rect);
  kernel.findMoves(rect);
  assert.ok(inflateRawSync(coded).equals(content));
});

test('only views of the kernel, not too long, are taken', async () => {
  const other = await PixelKernel.open(256, 256);
  assert.throws(() => kernel.deflate(new Uint8Array(9), 0), RangeError);
  assert.throws(() => kernel.deflate(other.staging(9), 0), RangeError);
  assert.throws(() => kernel.deflate(kernel.staging(MAX_BYTES + 1), 0), RangeError);
  assert.throws(() => kernel.deflate(deflate(noise(100, 2)), 0), RangeError);
  for (const rowLength of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => kernel.deflate(kernel.staging(9), rowLength), RangeError);
  }
});

test('nothing is written but its own memory, and gigabytes later all is as before', async () => {
  const module = await instantiateWasm<PixelExports>(await compileWasm(readFileSync(buildPixels())));
  const from = 65_536;
  const own = from + MAX_BYTES + 512;
  const result = own + 32_768 + 131_072;
  const end = result + MAX_BYTES + 64;
  growTo(module.memory, end + 65_536);
  module.setDeflate(own);
  const before = new Uint8Array(module.memory.buffer, from, own - from);
  const after = new Uint8Array(module.memory.buffer, end, 65_536).fill(0xa5);
  const deflateIt = (content: Uint8Array) => {
    before.fill(0x5a);
    before.set(content);
    const length = module.deflate(from, content.length, 256);
    assert.ok(inflateRawSync(new Uint8Array(module.memory.buffer, result, length)).equals(content));
    assert.ok(before.subarray(content.length).every((byte) => byte === 0x5a));
    assert.ok(before.subarray(0, content.length).every((byte, at) => byte === content[at]));
    assert.ok(after.every((byte) => byte === 0xa5));
  };
  const worst = [noise(MAX_BYTES, 8), noise(MAX_BYTES, 7), noise(MAX_BYTES, 1), Buffer.alloc(MAX_BYTES, 'porthole')];
  for (const content of worst) deflateIt(content);
  for (let turns = 20_000; turns > 0; turns--) module.deflate(from, MAX_BYTES, 8);
  for (const content of worst) deflateIt(content);
});
