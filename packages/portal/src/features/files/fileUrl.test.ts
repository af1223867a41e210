import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesUrl, parseFilesUrl } from './fileUrl.ts';

function roundTrip(path: string | undefined, open?: string, separator: '/' | '\\' = '/') {
  const url = new URL(filesUrl('dev', separator, { path, open }), 'https://hub.lan');
  return parseFilesUrl(url.pathname, url.search, separator);
}

test('every path survives the address, however it is spelled', () => {
  for (const path of [
    '/',
    '/srv/ann',
    '/a b/50%',
    '/a?b#c&d',
    '/line\nbreak',
    '/x\\y',
    '/über/名前',
    '/%2F',
    '/.config',
  ]) {
    assert.deepEqual(roundTrip(path), { path, open: undefined });
  }
  assert.deepEqual(roundTrip('C:\\Users\\ann', undefined, '\\'), { path: 'C:\\Users\\ann', open: undefined });
});

test('the open entry is part of the address', () => {
  assert.deepEqual(roundTrip('/home', 'a+b & c.txt'), { path: '/home', open: 'a+b & c.txt' });
});

test('the start page and the root are different addresses', () => {
  assert.equal(filesUrl('dev', '/', { path: undefined, open: undefined }), '/devices/dev/files');
  assert.equal(filesUrl('dev', '/', { path: '/', open: undefined }), '/devices/dev/files/');
  assert.equal(roundTrip(undefined).path, undefined);
});

test('nonsense leads to the start page and never throws', () => {
  assert.equal(parseFilesUrl('/devices/dev/files/%ff', '', '/').path, undefined);
  assert.equal(parseFilesUrl('/devices/dev/files/', '', '\\').path, undefined);
  assert.doesNotThrow(() => filesUrl('dev', '/', { path: '/half\ud800', open: '\udc00' }));
});
