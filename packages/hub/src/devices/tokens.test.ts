import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseToken } from '@porthole/protocol';
import { testDatabase } from '../testing/testDatabase.ts';
import { burnToken, Tokens } from './tokens.ts';

const HUB_KEY = 'k'.repeat(43);

test('a token introduces as many devices as it may, until it expires, and says why not', (t) => {
  const { db, audit } = testDatabase(t);
  let now = 1_000;
  const tokens = new Tokens({ db, audit, hubKey: HUB_KEY, now: () => now });
  const { token, expires } = tokens.create({ ttlMs: 500, uses: 2, createdBy: 'ann' });
  const { secret, hubKey } = parseToken(token);
  assert.deepEqual([hubKey, expires], [HUB_KEY, 1_500]);
  assert.equal(burnToken(db, secret, now).createdBy, 'ann');
  now = 1_499;
  burnToken(db, secret, now);
  assert.throws(() => burnToken(db, secret, now), { code: 'token.used' });
  const late = parseToken(tokens.create({ ttlMs: 1, uses: 1, createdBy: 'ann' }).token);
  assert.throws(() => burnToken(db, late.secret, now + 1), { code: 'token.expired' });
  assert.throws(() => burnToken(db, 'x'.repeat(43), now), { code: 'token.invalid' });
});

test('the secret itself is stored nowhere', (t) => {
  const { db, audit } = testDatabase(t);
  const tokens = new Tokens({ db, audit, hubKey: HUB_KEY });
  const { secret } = parseToken(tokens.create({ ttlMs: 1_000, uses: 1, createdBy: 'ann' }).token);
  assert.equal(JSON.stringify(db.all(db.sql.selectFrom('tokens').selectAll())).includes(secret), false);
  assert.equal(JSON.stringify(db.all(db.sql.selectFrom('audit').selectAll())).includes(secret), false);
});
