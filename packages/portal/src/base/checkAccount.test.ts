import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccount } from './checkAccount.ts';

const good = { code: 'ABCD-EFGH', username: 'ada', password: 'long enough' };
const wrong = (part: Partial<typeof good>) => Object.keys(checkAccount({ ...good, ...part }));

test('a good account has no problems', () => {
  assert.deepEqual(wrong({}), []);
});

test('each field is checked for itself', () => {
  assert.deepEqual(wrong({ code: '  ' }), ['code']);
  assert.deepEqual(wrong({ username: '.hidden' }), ['username']);
  assert.deepEqual(wrong({ username: 'a b' }), ['username']);
  assert.deepEqual(wrong({ password: 'short' }), ['password']);
  assert.deepEqual(wrong({ code: '', username: '', password: '' }), ['code', 'username', 'password']);
});
