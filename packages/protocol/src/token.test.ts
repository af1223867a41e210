import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatToken, parseToken } from './token.ts';

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const key = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 43, maxLength: 43 })
  .map((characters) => characters.join(''));

test('a token is read back, with the white space that copying adds', () => {
  fc.assert(
    fc.property(key, key, (secret, hubKey) => {
      const token = { secret, hubKey };
      assert.deepEqual(parseToken(formatToken(token)), token);
      assert.deepEqual(parseToken(`  ${formatToken(token)}\n`), token);
    }),
    { seed: 10, numRuns: 100 },
  );
});

test('anything else is refused as a token, with the code for it', () => {
  const good = formatToken({ secret: 'a'.repeat(43), hubKey: 'b'.repeat(43) });
  const wrong = [
    '',
    'ph1',
    good.slice(1),
    good.slice(0, -1),
    `${good}x`,
    good.replace('ph1', 'ph2'),
    good.replace('a', '+'),
  ];
  for (const text of wrong) assert.throws(() => parseToken(text), { code: 'token.invalid' }, text);
});
