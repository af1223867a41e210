import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileEntry } from '@porthole/protocol';
import { categoryOf, extensionOf, hasThumbnail, kindLabel } from './fileKinds.ts';

function entry(name: string, part: Partial<FileEntry> = {}): FileEntry {
  return { name, kind: 'file', size: 0, modified: 0, ...part };
}

test('a file is what its ending says, in any case', () => {
  assert.equal(categoryOf(entry('a.PNG')), 'image');
  assert.equal(categoryOf(entry('main.ts')), 'text');
  assert.equal(categoryOf(entry('a.tar.gz')), 'archive');
  assert.equal(categoryOf(entry('Makefile')), 'text');
  assert.equal(categoryOf(entry('.bashrc')), 'text');
  assert.equal(categoryOf(entry('noending')), 'other');
});

test('only what has content is opened by its ending', () => {
  assert.equal(categoryOf(entry('pipe.png', { kind: 'other' })), 'other');
  assert.equal(categoryOf(entry('gone.png', { kind: 'link', target: 'missing' })), 'other');
  assert.equal(categoryOf(entry('there.png', { kind: 'link', target: 'file' })), 'image');
  assert.equal(categoryOf(entry('folder.png', { kind: 'directory' })), 'folder');
});

test('a dot at the beginning is no ending', () => {
  assert.equal(extensionOf('.png'), '');
  assert.equal(extensionOf('a.b.C'), 'c');
});

test('an ending that could be anything does not get into the words', () => {
  assert.equal(kindLabel(entry('a.\u202egnp')), 'File');
  assert.equal(kindLabel(entry('a.png')), 'Image · PNG');
  assert.equal(kindLabel(entry('a', { kind: 'link', target: 'missing' })), 'Link to nothing');
});

test('pictures that could run something get none made of them', () => {
  assert.equal(hasThumbnail(entry('a.svg')), false);
  assert.equal(hasThumbnail(entry('a.jpg')), true);
  assert.equal(hasThumbnail(entry('a.mp4')), true);
});
