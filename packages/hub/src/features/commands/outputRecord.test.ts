import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputPiece } from './outputPiece.ts';
import { OutputRecord } from './outputRecord.ts';
import { textOf } from './outputStore.ts';

/** Takes everything that is to be stored. */
function storeAll(record: OutputRecord): OutputPiece[] {
  const pieces: OutputPiece[] = [];
  for (let some = record.unstored(); some.length > 0; some = record.unstored()) {
    pieces.push(...some.map((piece) => ({ ...piece, bytes: Uint8Array.from(piece.bytes) })));
    record.stored(some.length);
  }
  return pieces;
}

test('characters stay whole, however the output is cut', () => {
  const text = 'aü€\u{1f600}'.repeat(40_000);
  const bytes = Buffer.from(text);
  for (const step of [1, 7, 32_768, 100_000]) {
    const record = new OutputRecord();
    for (let at = 0; at < bytes.byteLength; at += step) record.append('stdout', bytes.subarray(at, at + step), 0);
    record.end(0);
    const pieces = storeAll(record);
    assert.equal(pieces.map((piece) => textOf(piece.bytes)).join(''), text, String(step));
  }
});

test('what is no UTF-8 is kept byte by byte', () => {
  const bytes = Buffer.from([0xc3, 0x28, 0xff, 0xe2, 0x82, 0xf0, 0x9f, 0x98]);
  const record = new OutputRecord();
  for (const byte of bytes) record.append('stderr', Uint8Array.of(byte), 0);
  record.end(0);
  assert.deepEqual(Buffer.concat(storeAll(record).map((piece) => piece.bytes)), bytes);
});

test('the beginning is stored as it comes, the end when there is one, and what is between is counted', () => {
  const record = new OutputRecord();
  const part = Buffer.alloc(10_000, 'x');
  for (let count = 0; count < 300; count++) record.append('stdout', part, count);
  const head = storeAll(record);
  assert.deepEqual(head.at(-1)?.offset ?? 0, 512 * 1024 - (head.at(-1)?.bytes.byteLength ?? 0));
  assert.deepEqual(storeAll(record), []);
  assert.equal(record.next(0)?.offset, record.next(1_000_000)?.offset);
  record.end(0);
  const tail = storeAll(record);
  const end = (tail.at(-1)?.offset ?? 0) + (tail.at(-1)?.bytes.byteLength ?? 0);
  assert.deepEqual([end, record.total], [3_000_000, 3_000_000]);
  const kept = tail.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  assert.ok(kept <= 512 * 1024 && kept > 450_000, String(kept));
});
