import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EscapeKeys } from './escapeKeys.ts';

/** What is passed on of keys that come in these parts, and whether the last of them leaves. */
function typed(...parts: string[]): [string, boolean] {
  const keys = new EscapeKeys();
  const read = parts.map((part) => keys.read(Buffer.from(part)));
  return [read.map(({ pass }) => Buffer.from(pass).toString()).join(''), read.at(-1)?.leaves ?? false];
}

test('a tilde and a dot at the beginning of a line leave', () => {
  assert.deepEqual(typed('~.'), ['', true]);
  assert.deepEqual(typed('ls\r', '~', '.'), ['ls\r', true]);
  assert.deepEqual(typed('\n~.rest'), ['\n', true]);
});

test('elsewhere a tilde is a tilde', () => {
  assert.deepEqual(typed('a~.'), ['a~.', false]);
  assert.deepEqual(typed('~', '~', '.'), ['~.', false]);
  assert.deepEqual(typed('\r~/x'), ['\r~/x', false]);
  assert.deepEqual(typed('\r~\r~.'), ['\r~\r', true]);
});
