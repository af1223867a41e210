import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMode } from './formatMode.ts';

test('permissions read as ls writes them', () => {
  assert.equal(formatMode(0o755, 'directory'), 'drwxr-xr-x');
  assert.equal(formatMode(0o640, 'file'), '-rw-r-----');
  assert.equal(formatMode(0o4755, 'file'), '-rwsr-xr-x');
  assert.equal(formatMode(0o2644, 'file'), '-rw-r-Sr--');
  assert.equal(formatMode(0o1777, 'directory'), 'drwxrwxrwt');
});

test('of a special file only what is known is said', () => {
  assert.equal(formatMode(0o644, 'other'), 'rw-r--r--');
});
