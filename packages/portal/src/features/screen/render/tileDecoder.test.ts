import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { type CodedRect, Coder, WireError } from '@porthole/protocol';
import { decodeTile } from './tileDecoder.ts';

function tile(coder: Coder, bytes: Uint8Array, [width, height] = [4, 2]): CodedRect {
  return { x: 1, y: 2, width, height, coder, bytes };
}

test('one colour fills its rectangle, opaque', () => {
  const decoded = decodeTile(tile(Coder.solid, Uint8Array.of(1, 2, 3)));
  assert.deepEqual([decoded.x, decoded.y, decoded.width, decoded.height], [1, 2, 4, 2]);
  assert.deepEqual([...decoded.rgba], Array.from({ length: 8 }, () => [1, 2, 3, 255]).flat());
});

test('differences add up along a row and start anew in the next', () => {
  const deltas = Uint8Array.of(250, 0, 1, 10, 0, 1, 0, 0, 0, 1, 1, 1);
  const { rgba } = decodeTile(tile(Coder.rgb, deflateRawSync(deltas), [2, 2]));
  assert.deepEqual([...rgba], [250, 0, 1, 255, 4, 0, 2, 255, 0, 0, 0, 255, 1, 1, 1, 255]);
});

test('an index beyond the palette is black and harmless', () => {
  const indices = deflateRawSync(Uint8Array.of(0, 1, 255, 0, 0, 0, 0, 0));
  const { rgba } = decodeTile(tile(Coder.palette, Uint8Array.of(1, 9, 9, 9, 8, 8, 8, ...indices)));
  assert.deepEqual([...rgba.subarray(0, 12)], [9, 9, 9, 255, 8, 8, 8, 255, 0, 0, 0, 255]);
});

test('tiles that are cut, too short or too long are refused', () => {
  const noise = Uint8Array.from({ length: 65_536 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 24) & 0x3f);
  const long = deflateRawSync(noise);
  const palette = new Uint8Array(1 + 256 * 3);
  palette[0] = 255;
  const wrong: Record<string, CodedRect> = {
    'no colour': tile(Coder.solid, new Uint8Array(0)),
    'two colours': tile(Coder.solid, new Uint8Array(6)),
    'an empty palette': tile(Coder.palette, new Uint8Array(0)),
    'a cut palette': tile(Coder.palette, palette.subarray(0, 700)),
    'no indices': tile(Coder.palette, palette),
    'too few pixels': tile(Coder.rgb, deflateRawSync(new Uint8Array(23))),
    'too many pixels': tile(Coder.rgb, deflateRawSync(new Uint8Array(25))),
    'no deflate': tile(Coder.rgb, Uint8Array.of(7, 7, 7, 7)),
    'nothing at all': tile(Coder.rgb, new Uint8Array(0)),
    'a cut tile': tile(Coder.palette, Uint8Array.of(...palette, ...long.subarray(0, long.byteLength >> 1)), [256, 256]),
  };
  for (const [what, rect] of Object.entries(wrong)) assert.throws(() => decodeTile(rect), WireError, what);
});

test('a tile made to burst is refused long before it is worked through', () => {
  const bomb = deflateRawSync(new Uint8Array(200_000_000), { level: 9 });
  const start = process.cpuUsage();
  assert.throws(() => decodeTile(tile(Coder.rgb, bomb, [256, 256])), /wrong size/);
  assert.throws(() => decodeTile(tile(Coder.rgb, bomb, [1, 1])), /wrong size/);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 800_000, `${user} µs: working it through takes more than twice as long`);
});
