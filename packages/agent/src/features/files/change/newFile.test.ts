import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behind } from './newFile.ts';

test('what was written of some pieces is left out, and the rest keeps its order', () => {
  const pieces = [Buffer.from('abc'), Buffer.of(), Buffer.from('de')];
  const rest = (bytes: number) => behind(pieces, bytes).map(String);
  assert.deepEqual(rest(0), ['abc', 'de']);
  assert.deepEqual(rest(2), ['c', 'de']);
  assert.deepEqual(rest(3), ['de']);
  assert.deepEqual(rest(4), ['e']);
  assert.deepEqual(rest(5), []);
});
