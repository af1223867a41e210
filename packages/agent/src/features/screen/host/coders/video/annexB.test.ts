import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinAnnexB, nalPayload, nalType, splitAnnexB } from './annexB.ts';

const lists = (units: Uint8Array[]) => units.map((unit) => [...unit]);

test('units are found behind short and long start codes', () => {
  const stream = Uint8Array.of(0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x68, 3, 0, 0, 0, 1, 0x65, 4, 0, 0);
  const units = splitAnnexB(stream);
  assert.deepEqual(lists(units), [
    [0x67, 1, 2],
    [0x68, 3],
    [0x65, 4],
  ]);
  assert.deepEqual(units.map(nalType), [7, 8, 5]);
  assert.deepEqual(lists(splitAnnexB(joinAnnexB(units))), lists(units));
});

test('bytes without a start code hold no unit, and neither do start codes without bytes', () => {
  assert.deepEqual(splitAnnexB(new Uint8Array()), []);
  assert.deepEqual(splitAnnexB(Uint8Array.of(1, 2, 3, 0, 0)), []);
  assert.deepEqual(splitAnnexB(Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1)), []);
});

test('the payload is without the bytes that keep start codes out', () => {
  const unit = Uint8Array.of(0x67, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3);
  assert.deepEqual([...nalPayload(unit)], [0, 0, 1, 0, 0, 0, 0, 3]);
});
