import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileEntry } from '@porthole/protocol';
import { type Arrangement, arrangeEntries, isEmpty } from './arrangeEntries.ts';

function entry(name: string, part: Partial<FileEntry> = {}): FileEntry {
  return { name, kind: 'file', size: 0, modified: 0, ...part };
}

const entries = [
  entry('docs', { kind: 'directory', size: 4096, modified: 5 }),
  entry('www', { kind: 'link', target: 'directory', modified: 9 }),
  entry('.hidden', { size: 3 }),
  entry('Café.txt', { size: 30, modified: 1 }),
  entry('photo2.png', { size: 20, modified: 3 }),
  entry('photo10.png', { size: 20, modified: 2 }),
];

function names(part: Partial<Arrangement>): string[] {
  const arrangement: Arrangement = { sort: 'name', descending: false, filter: '', hidden: true, ...part };
  return arrangeEntries(entries, arrangement).map(({ name }) => name);
}

test('a folder into which something is on its way is empty, and one with hidden files is not', () => {
  const part = entry(`.porthole-${'a'.repeat(20)}.part`);
  assert.deepEqual([[], [part], [part, entry('.hidden')]].map(isEmpty), [true, true, false]);
});

test('by name it is exactly what the device said', () => {
  assert.deepEqual(
    names({}),
    entries.map(({ name }) => name),
  );
});

test('folders, and links to folders, stay first in every order', () => {
  const sorts = ['name', 'size', 'kind', 'modified', 'owner', 'mode'] as const;
  for (const sort of sorts) {
    for (const descending of [false, true]) {
      assert.deepEqual(names({ sort, descending }).slice(0, 2).sort(), ['docs', 'www'], `${sort} ${descending}`);
    }
  }
});

test('what is equal stays by name, upwards and downwards', () => {
  assert.deepEqual(names({ sort: 'size' }).slice(2), ['.hidden', 'photo2.png', 'photo10.png', 'Café.txt']);
  assert.deepEqual(names({ sort: 'size', descending: true }).slice(2), [
    'Café.txt',
    'photo2.png',
    'photo10.png',
    '.hidden',
  ]);
});

test('the filter finds parts of names in any case, with or without accents', () => {
  assert.deepEqual(names({ filter: 'CAFE' }), ['Café.txt']);
  assert.deepEqual(names({ filter: '10' }), ['photo10.png']);
  assert.deepEqual(names({ filter: '.*' }), []);
});

test('hidden entries show only when asked for', () => {
  assert.ok(!names({ hidden: false }).includes('.hidden'));
  assert.ok(names({ hidden: true }).includes('.hidden'));
});

test('the given list is never changed', () => {
  const before = [...entries];
  names({ sort: 'name', descending: true });
  names({ sort: 'modified' });
  assert.deepEqual(entries, before);
});
