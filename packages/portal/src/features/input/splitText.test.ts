import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput, encodeInput } from '@porthole/protocol';
import { splitText } from './splitText.ts';

test('a text is cut into parts that fit, never through a character', () => {
  assert.deepEqual(splitText('aé漢😀b', 4), ['aé', '漢', '😀', 'b']);
  assert.deepEqual(splitText(''), []);
});

test('every part of a long text is a message that the device accepts, and nothing is lost', () => {
  const text = 'ß漢😀'.repeat(2000);
  const read = splitText(text).map((part) => decodeInput(encodeInput({ type: 'text', text: part })));
  assert.equal(read.map((message) => (message.type === 'text' ? message.text : '')).join(''), text);
});

test('lone surrogates become a replacement character', () => {
  assert.deepEqual(splitText('a\ud83d'), ['a\ufffd']);
});
