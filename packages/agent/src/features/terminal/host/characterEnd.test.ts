import assert from 'node:assert/strict';
import { test } from 'node:test';
import { characterEnd } from './characterEnd.ts';

test('a cut goes in front of the character that it would go through', () => {
  const bytes = Buffer.from('aé—👩b');
  const ends = Array.from({ length: bytes.byteLength + 1 }, (_, end) => characterEnd(bytes, end));
  assert.deepEqual(ends, [0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11]);
});

test('bytes that are no character are cut anywhere', () => {
  assert.equal(characterEnd(Uint8Array.of(0x80, 0x80, 0x80, 0x80)), 4);
  assert.equal(characterEnd(Uint8Array.of(0xff, 0xff)), 2);
  assert.equal(characterEnd(new Uint8Array(0)), 0);
});
