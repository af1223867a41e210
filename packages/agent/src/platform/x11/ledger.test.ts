import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpackLedger } from './ledger.ts';

function words(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, index * 4);
  return data;
}

test('the ledger is pairs of owner and keycode', () => {
  assert.deepEqual(unpackLedger({ format: 32, data: words(7, 0, 7, 250) }), [
    { owner: 7, keycode: 0 },
    { owner: 7, keycode: 250 },
  ]);
});

test('what somebody else wrote there is ignored', () => {
  assert.deepEqual(unpackLedger({ format: 8, data: Buffer.from('hello there') }), []);
  assert.deepEqual(unpackLedger({ format: 0, data: Buffer.alloc(0) }), []);
  assert.deepEqual(unpackLedger({ format: 32, data: words(7, 9999, 7) }), []);
});
