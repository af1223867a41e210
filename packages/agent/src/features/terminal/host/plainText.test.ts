import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowedAnswer } from './answers.ts';
import { folderOfUrl } from './folderUrl.ts';
import { plainText } from './plainText.ts';

test('text is one line without controls, and cut between two characters', () => {
  assert.equal(plainText('a\r\n\x1b[31mb\u202ec\u0085d ', 256), 'a[31mbcd');
  assert.equal(plainText('x'.repeat(999), 5), 'xxxxx');
  assert.equal(plainText('ab😀', 3), 'ab\ufffd');
});

test('answers that say what somebody else chose are not given', () => {
  for (const text of [
    '\x1b[?1;2c',
    '\x1b[>0;276;0c',
    '\x1b[0n',
    '\x1b[3;7R',
    '\x1b[?3;7R',
    '\x1b[?25;1$y',
    '\x1b[4;2$y',
  ]) {
    assert.ok(isAllowedAnswer(text), JSON.stringify(text));
  }
  for (const text of [
    '\x1bP1$r0m\x1b\\',
    '\x1b]l\r\x1b\\',
    'ls\n',
    '\x1b[8;24;80t',
    '\x1b[0n\n',
    '\x1b[I',
    '',
    '\x1b[1;2c',
  ]) {
    assert.ok(!isAllowedAnswer(text), JSON.stringify(text));
  }
});

test('a folder is believed when it is absolute and of this machine', () => {
  assert.equal(folderOfUrl('file:///a%20b/c', 'desk'), '/a b/c');
  assert.equal(folderOfUrl('file://DESK/tmp', 'desk'), '/tmp');
  for (const url of [
    'file://other/tmp',
    'http://desk/tmp',
    'tmp',
    'file:///%0a',
    'file:///%zz',
    `file:///${'a'.repeat(20_000)}`,
  ]) {
    assert.equal(folderOfUrl(url, 'desk'), undefined, url.slice(0, 40));
  }
});
