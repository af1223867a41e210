import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersToMake } from './pickedFiles.ts';

test('folders are made from the outside in, each once', () => {
  assert.deepEqual(foldersToMake(['a/b/c', 'a/b/d', 'e']), ['a', 'a/b', 'a/b/c', 'a/b/d', 'e']);
  assert.deepEqual(foldersToMake([]), []);
});
