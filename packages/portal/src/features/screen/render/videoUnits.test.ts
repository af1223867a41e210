import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodedRect, Coder, encodeVideoPiece, type VideoPiece, WireError } from '@porthole/protocol';
import { VideoUnits } from './videoUnits.ts';

function piece(part: Partial<VideoPiece>, x = 0): CodedRect {
  const whole = { stream: 1, key: false, more: false, codec: '', bytes: new Uint8Array(1), ...part };
  return { x, y: 0, width: 8, height: 8, coder: Coder.video, bytes: encodeVideoPiece(whole) };
}

test('pieces become one frame with the codec of the first', () => {
  const units = new VideoUnits();
  const [head, middle, tail] = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4)];
  assert.equal(units.add(piece({ key: true, codec: 'avc1.42C02A', more: true, bytes: head })), undefined);
  assert.equal(units.add(piece({ more: true, bytes: middle })), undefined);
  const unit = units.add(piece({ bytes: tail }));
  assert.deepEqual([unit?.key, unit?.codec, [...(unit?.bytes ?? [])]], [true, 'avc1.42C02A', [1, 2, 3, 4]]);
  assert.equal(units.end(), false);
});

test('pieces of another stream or place do not fit, and what was begun is forgotten', () => {
  for (const other of [piece({ stream: 2 }), piece({}, 8)]) {
    const units = new VideoUnits();
    units.add(piece({ more: true }));
    assert.throws(() => units.add(other), WireError);
    assert.equal(units.add(other)?.bytes.byteLength, 1);
  }
});

test('a frame without its end is told, once', () => {
  const units = new VideoUnits();
  units.add(piece({ more: true }));
  assert.deepEqual([units.end(), units.end()], [true, false]);
});

test('a frame that never ends is given up before it fills the memory', () => {
  const units = new VideoUnits();
  const bytes = new Uint8Array(200_000);
  const begin = () => units.add(piece({ more: true, bytes }));
  assert.throws(() => {
    for (let n = 0; n < 100; n++) begin();
  }, WireError);
});
