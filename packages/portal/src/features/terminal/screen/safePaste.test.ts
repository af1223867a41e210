import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bracketed, safePaste } from './safePaste.ts';

test('line ends become the return key, whatever they were', () => {
  assert.deepEqual(safePaste('a\nb\r\nc\rd'), { text: 'a\rb\rc\rd', lines: 4, removed: 0 });
  assert.equal(safePaste('a\n').lines, 2, 'a line end alone runs what stands before it');
  assert.equal(safePaste('a\tb').lines, 1);
});

test('nothing that acts as a key but tab and return is left, in a bracketed paste neither', () => {
  const hostile = 'ls\x1b[201~\x03\x04\x15\x7f\u009b201~\0\x08';
  const { text, removed } = safePaste(hostile);
  assert.equal(text, 'ls[201~201~');
  assert.equal(removed, 8);
  assert.equal(bracketed(text, true), '\x1b[200~ls[201~201~\x1b[201~');
  assert.equal(bracketed(text, false), text);
});

test('text of any writing stays as it is', () => {
  const text = 'naïve 日本語 🚀 e\u0301';
  assert.equal(safePaste(text).text, text);
});
