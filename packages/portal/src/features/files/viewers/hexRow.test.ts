import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexRow } from './hexRow.ts';

test('a line says where, what, and what of it can be read', () => {
  const line = hexRow(1, new TextEncoder().encode('Hi\u0000\u001b~é'));
  assert.equal(line, '0000000010  48 69 00 1b 7e c3 a9                              Hi··~··');
});

test('a line that has not come yet says where it is', () => {
  assert.equal(hexRow(2, undefined), '0000000020');
});
