import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetadata, readOffset, readWish } from './tusHeaders.ts';

const b64 = (text: string) => Buffer.from(text).toString('base64');
const meta = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${b64(value)}`)
    .join(',');

test('metadata are pairs in base64, in which any name fits', () => {
  const name = 'ä \u202e\n,x.txt';
  const read = readMetadata(`${meta({ folder: '/home', name })}, empty, padded ${b64('a').replace('=', '')}`);
  assert.deepEqual(
    [...read],
    [
      ['folder', '/home'],
      ['name', name],
      ['empty', ''],
      ['padded', 'a'],
    ],
  );
});

test('a wish needs a folder, a name and a length', () => {
  const headers = {
    'upload-length': '5',
    'upload-metadata': meta({ folder: '/a', name: 'b/c', modified: '1700000000000', other: 'x' }),
  };
  const { metadata, ...wish } = readWish(headers);
  assert.deepEqual(wish, { folder: '/a', name: 'b/c', modified: 1_700_000_000_000, conflict: 'fail', size: 5 });
  assert.equal(metadata, headers['upload-metadata']);
});

test('what does not fit is refused by name', () => {
  const good = { 'upload-length': '5', 'upload-metadata': meta({ folder: '/a', name: 'b' }) };
  const bad = [
    { ...good, 'upload-length': undefined },
    { ...good, 'upload-length': '-1' },
    { ...good, 'upload-length': '1e3' },
    { ...good, 'upload-length': '9'.repeat(16) },
    { ...good, 'upload-metadata': undefined },
    { ...good, 'upload-metadata': 'folder !!!' },
    { ...good, 'upload-metadata': 'folder a b' },
    { ...good, 'upload-metadata': meta({ folder: '/a' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a\0', name: 'b' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a', name: 'b', conflict: 'win' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a', name: 'b', modified: '1e300' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a', name: 'b', modified: '-8.65e15' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a', name: 'b', sha256: 'abc' }) },
    { ...good, 'upload-metadata': meta({ folder: '/a', name: 'b', more: 'x'.repeat(20_000) }) },
  ];
  for (const headers of bad)
    assert.throws(() => readWish(headers), { code: 'request.invalid' }, JSON.stringify(headers));
  for (const offset of [undefined, '', '-1', '0x10', ' 5', '1.5'])
    assert.throws(() => readOffset({ 'upload-offset': offset }), { code: 'request.invalid' }, offset);
});
