import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drive } from '@porthole/protocol';
import { arrangePlaces, type Folder } from './arrangePlaces.ts';

function drive(path: string): Drive {
  return { path, name: path, type: 'ext4', total: 1, free: 1, readOnly: false, removable: false };
}

test('every place is there once, as the one that says most', () => {
  const folders: Folder[] = [
    { kind: 'home', name: 'ann', path: '/home/ann' },
    { kind: 'root', name: '/', path: '/' },
    { kind: 'root', name: 'ann', path: '/home/ann' },
    { kind: 'root', name: 'srv', path: '/srv' },
  ];
  const arranged = arrangePlaces({ folders, drives: [drive('/')] });
  assert.deepEqual(
    arranged.folders.map(({ kind, path }) => [kind, path]),
    [
      ['home', '/home/ann'],
      ['root', '/srv'],
    ],
  );
  assert.deepEqual(arranged.drives, [drive('/')]);
});
