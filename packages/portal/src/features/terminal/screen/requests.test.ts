import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClipboardRequest } from './clipboardRequest.ts';
import { barKeyText, withHeld } from './touchKeys.ts';
import { openLink, webAddress } from './webLinks.ts';

test('a program may put text into the clipboard, and never learn what is in it', () => {
  assert.equal(readClipboardRequest('c;aGVsbG8='), 'hello');
  assert.equal(readClipboardRequest(`;${Buffer.from('naïve 🚀').toString('base64')}`), 'naïve 🚀');
  for (const data of ['c;?', '?', '', 'c;', 'aGVsbG8=', 'c;%%%', 'c;/w==', `c;${'A'.repeat(2_000_000)}`]) {
    assert.equal(readClipboardRequest(data), undefined, data.slice(0, 20));
  }
});

test('only addresses of the web are links', () => {
  assert.equal(webAddress('https://example.com/a?b'), 'https://example.com/a?b');
  assert.equal(webAddress('http://10.0.0.1:8080'), 'http://10.0.0.1:8080/');
  const others = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '/a',
    'example.com',
    '',
  ];
  for (const text of [...others, ' jAvAsCrIpT:x', `https://${'a'.repeat(3_000)}`]) {
    assert.equal(webAddress(text), undefined, text.slice(0, 30));
  }
});

test('a link opens only when it is meant, and without a way back', (t) => {
  const opened: unknown[][] = [];
  const globals = globalThis as { window?: unknown; matchMedia?: unknown };
  t.after(() => {
    delete globals.window;
    delete globals.matchMedia;
  });
  globals.window = { open: (...args: unknown[]) => opened.push(args) };
  globals.matchMedia = () => ({ matches: false });
  openLink({ ctrlKey: false, metaKey: false }, 'https://example.com/');
  openLink({ ctrlKey: true, metaKey: false }, 'javascript:alert(1)');
  openLink({ ctrlKey: true, metaKey: false }, 'https://example.com/');
  assert.deepEqual(opened, [['https://example.com/', '_blank', 'noopener,noreferrer']]);
});

test('keys of the bar type what a keyboard would', () => {
  const none = { ctrl: false, alt: false };
  assert.equal(barKeyText('up', none, false), '\x1b[A');
  assert.equal(barKeyText('up', none, true), '\x1bOA');
  assert.equal(barKeyText('left', { ctrl: true, alt: false }, true), '\x1b[1;5D');
  assert.equal(barKeyText('esc', none, false), '\x1b');
  assert.equal(withHeld('c', { ctrl: true, alt: false }), '\x03');
  assert.equal(withHeld('[', { ctrl: true, alt: false }), '\x1b');
  assert.equal(withHeld(' ', { ctrl: true, alt: false }), '\0');
  assert.equal(withHeld('x', { ctrl: false, alt: true }), '\x1bx');
  assert.equal(withHeld('word', { ctrl: true, alt: true }), 'word', 'a phone may type a word at once');
  assert.equal(withHeld('é', { ctrl: true, alt: false }), 'é');
});
