import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, lineEndOf } from './decodeText.ts';

test('text comes back as the same bytes, mark at the beginning included', () => {
  const bytes = new TextEncoder().encode('\ufeffgrüße\r\n');
  const { text, exact } = decodeText(bytes);
  assert.equal(exact, true);
  assert.deepEqual(new TextEncoder().encode(text), bytes);
});

test('what is not UTF-8 is shown, and known not to be exact', () => {
  assert.deepEqual(decodeText(Uint8Array.of(0x61, 0xff)), { text: 'a\ufffd', exact: false });
});

test('the end of the first line is the end of all', () => {
  assert.equal(lineEndOf('a\r\nb\n'), '\r\n');
  assert.equal(lineEndOf('a\nb\r\n'), '\n');
  assert.equal(lineEndOf('a'), '\n');
  assert.equal(lineEndOf('\n'), '\n');
});
