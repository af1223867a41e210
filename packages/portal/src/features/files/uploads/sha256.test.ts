import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hashFile, Sha256 } from './sha256.ts';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('it is the standard hash at every length around the size of a block', () => {
  for (let length = 0; length <= 130; length += 1) {
    const bytes = randomBytes(length);
    const hash = new Sha256();
    hash.update(bytes);
    assert.equal(hash.digest(), expected(bytes), `${length}`);
  }
});

test('it does not matter in which pieces the bytes come', () => {
  const bytes = randomBytes(10_000);
  for (const piece of [1, 63, 64, 65, 1000]) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += piece) hash.update(bytes.subarray(at, at + piece));
    assert.equal(hash.digest(), expected(bytes), `${piece}`);
  }
});

test('a file is hashed piece by piece, and one that is called off rejects', async () => {
  const bytes = randomBytes(9 * 1024 * 1024 + 5);
  assert.equal(await hashFile(new Blob([bytes]), new AbortController().signal), expected(bytes));
  await assert.rejects(hashFile(new Blob([bytes]), AbortSignal.abort()));
});
