import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseName, contentDisposition } from './contentDisposition.ts';
import { contentTypeOf } from './contentType.ts';

test('a name is there for old readers and whole for all others', () => {
  assert.equal(contentDisposition('inline', 'a b.txt'), `inline; filename="a b.txt"; filename*=UTF-8''a%20b.txt`);
  assert.match(
    contentDisposition('attachment', 'naïve “x”.pdf'),
    /filename="na_ve _x_\.pdf"; filename\*=UTF-8''na%C3%AFve/,
  );
});

test('a hostile name neither ends the header nor turns the writing around', () => {
  const evil = 'a"; filename=evil.exe\r\nSet-Cookie: x\u202egpj.exe\ud800';
  const header = contentDisposition('attachment', evil);
  assert.match(header, /^[\x20-\x7e]+$/);
  assert.equal(header.split('"').length, 3);
  assert.doesNotMatch(decodeURIComponent(header), /\u202e|\r|\n/);
});

test('the last part of a path is its name, on either kind of system', () => {
  for (const path of ['/srv/x/a.txt', 'C:\\x\\a.txt', '/x/a.txt/', 'a.txt']) assert.equal(baseName(path), 'a.txt');
  assert.equal(baseName('/'), 'files');
  assert.equal(baseName('/x/back\\slash.txt'), 'back\\slash.txt');
});

test('what could run is never shown, and its type says nothing', () => {
  for (const name of ['a.html', 'a.svg', 'a.xml', 'a.xhtml', 'a.js', 'a.mjs', 'a.htm', 'a', 'a.constructor', '.png/a'])
    assert.deepEqual(contentTypeOf(name), { type: 'application/octet-stream', shown: 'never' }, name);
  assert.equal(contentTypeOf('A.PNG').shown, 'inline');
  assert.equal(contentTypeOf('a.pdf').shown, 'asked');
  assert.match(contentTypeOf('a.log').type, /^text\/plain/);
});
