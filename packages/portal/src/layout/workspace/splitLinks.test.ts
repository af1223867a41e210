import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitLinks } from './splitLinks.ts';

const linksIn = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

test('web addresses become links, without what ends the sentence', () => {
  assert.deepEqual(linksIn('see http://nas.lan/docs, (https://wiki/page?a=1) or https://x/.'), [
    'http://nas.lan/docs',
    'https://wiki/page?a=1',
    'https://x/',
  ]);
});

test('nothing else becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://x/y',
    'http://',
    'JAVASCRIPT://x',
    'file:///etc',
  ]) {
    assert.deepEqual(linksIn(text), [], text);
  }
});

test('the parts together are the text, each with its place', () => {
  for (const text of ['', 'plain', 'a http://b c http://d', 'http://a http://a', 'x\n\thttps://y\nz']) {
    const parts = splitLinks(text);
    assert.equal(parts.map((part) => part.text).join(''), text);
    for (const { at, text: part } of parts) assert.equal(text.slice(at, at + part.length), part);
  }
});
