import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, verifyPassword } from './password.ts';

test('a hash carries its cost and its own salt, and never the password', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  assert.match(one, /^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  assert.notEqual(one, other);
});

test('all of a long password counts', async () => {
  const long = 'x'.repeat(1000);
  const hash = await hashPassword(`${long}a`);
  assert.equal(await verifyPassword(`${long}a`, hash), true);
  assert.equal(await verifyPassword(`${long}b`, hash), false);
  assert.equal(await verifyPassword(long, hash), false);
});

test('the same letters typed on another keyboard are the same password', async () => {
  const hash = await hashPassword('caf\u00e9 au lait');
  assert.equal(await verifyPassword('cafe\u0301 au lait', hash), true);
});

test('without a hash the answer is no', async () => {
  assert.equal(await verifyPassword('anything at all', undefined), false);
});

test('more checks at once than can wait are refused rather than queued', async () => {
  const results = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword('p', undefined)));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 4);
  for (const { reason } of refused) assert.equal(reason.code, 'auth.busy');
});
