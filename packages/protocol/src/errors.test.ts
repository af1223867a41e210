import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS, type ErrorCode, isErrorCode, PortholeError } from './errors.ts';

test('every code has a status of failure and one plain sentence', () => {
  for (const [code, { status, message }] of Object.entries(ERRORS)) {
    assert.ok(status >= 400 && status < 600, code);
    assert.match(message, /^[A-Z][^\n]*\.$/, code);
    assert.match(code, /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/);
  }
});

test('an error carries its code, the status of the catalogue, and a sentence of its own when given one', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const error = new PortholeError(code);
    assert.deepEqual([error.code, error.status, error.message], [code, ERRORS[code].status, ERRORS[code].message]);
  }
  assert.equal(new PortholeError('internal', 'Mine.').message, 'Mine.');
});

test('nothing that every object has counts as a code', () => {
  for (const value of ['toString', '__proto__', 'constructor', '', 1, null, undefined])
    assert.equal(isErrorCode(value), false);
  assert.equal(isErrorCode('not-found'), true);
});
