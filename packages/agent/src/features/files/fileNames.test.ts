import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNewName, nameOfBytes, systemName } from './fileNames.ts';
import { followLink } from './filePaths.ts';

test('every sequence of bytes is shown in a way that leads back to the same bytes', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed >> 8;
  };
  const samples = [
    Buffer.of(0xff),
    Buffer.from('\uef80\uefff'),
    Buffer.from('\ufeffbom'),
    Buffer.of(0xf0, 0x9f, 0x98),
    Buffer.of(0xed, 0xa0, 0x80),
  ];
  for (let at = 0; at < 2_000; at++)
    samples.push(Buffer.from(Array.from({ length: random() % 20 }, () => random() & 255)));
  for (const bytes of samples) {
    const name = nameOfBytes(bytes);
    assert.ok(Buffer.from(systemName(name)).equals(bytes), bytes.toString('hex'));
    assert.ok(name.isWellFormed());
  }
  assert.equal(nameOfBytes(Buffer.from('日本語 😀')), '日本語 😀');
});

test('names that no file can have are refused before they are tried', () => {
  for (const name of ['', '.', '..', 'a/b', 'a\0', '\ud800'])
    assert.throws(() => checkNewName(name), { code: 'file.name-invalid' });
  assert.throws(() => checkNewName('ü'.repeat(128)), { code: 'file.name-too-long' });
  checkNewName('ü'.repeat(127));
  checkNewName('\uefff'.repeat(255));
});

test('links are followed as the system does, and never above the top', () => {
  assert.deepEqual(followLink(['a', 'b'], '../c/./d'), ['a', 'c', 'd']);
  assert.deepEqual(followLink(['a'], '../../../..'), []);
  assert.deepEqual(followLink(['a'], '/x//y/../z'), ['x', 'z']);
});
