import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  baseName,
  childPath,
  crumbsOf,
  entryTowards,
  joinPath,
  parentPath,
  pathsBeginning,
  resolveTyped,
  separatorOf,
  splitPath,
} from './filePaths.ts';

test('paths of both kinds come apart and together again', () => {
  for (const [path, separator, parts] of [
    ['/', '/', []],
    ['/srv/ann', '/', ['srv', 'ann']],
    ['/a\\b', '/', ['a\\b']],
    ['C:\\', '\\', ['C:']],
    ['C:\\Users\\ann', '\\', ['C:', 'Users', 'ann']],
  ] as const) {
    assert.deepEqual(splitPath(path, separator), parts);
    assert.equal(joinPath(parts, separator), path);
  }
});

test('a root has no parent, everything else has', () => {
  assert.equal(parentPath('/', '/'), undefined);
  assert.equal(parentPath('C:\\', '\\'), undefined);
  assert.equal(parentPath('/home', '/'), '/');
  assert.equal(parentPath('C:\\Users', '\\'), 'C:\\');
  assert.equal(childPath('/', 'a', '/'), '/a');
  assert.equal(childPath('/home', 'a', '/'), '/home/a');
  assert.equal(childPath('C:\\', 'a', '\\'), 'C:\\a');
  assert.equal(baseName('/srv/ann', '/'), 'ann');
  assert.equal(baseName('/', '/'), '/');
});

test('breadcrumbs lead from the root to the folder', () => {
  assert.deepEqual(crumbsOf('/srv/ann', '/'), [
    { name: '/', path: '/' },
    { name: 'srv', path: '/srv' },
    { name: 'ann', path: '/srv/ann' },
  ]);
  assert.deepEqual(crumbsOf('C:\\Users', '\\'), [
    { name: 'C:', path: 'C:\\' },
    { name: 'Users', path: 'C:\\Users' },
  ]);
});

test('what is typed is taken from the folder, with dots resolved and never above the root', () => {
  assert.equal(resolveTyped('docs', '/srv/ann', '/'), '/srv/ann/docs');
  assert.equal(resolveTyped('../bob/./x', '/srv/ann', '/'), '/srv/bob/x');
  assert.equal(resolveTyped('/../../etc//x/', '/srv/ann', '/'), '/etc/x');
  assert.equal(resolveTyped('d:/data', 'C:\\Users', '\\'), 'd:\\data');
  assert.equal(resolveTyped('..', '/', '/'), '/');
  assert.equal(resolveTyped('  /etc/x \n', '/srv', '/'), '/etc/x');
  assert.equal(resolveTyped('/srv/ends with space ', '/srv/ends with space ', '/'), '/srv/ends with space ');
});

test('Windows is told by what the device says of its system', () => {
  assert.equal(separatorOf('Microsoft Windows 11 Pro'), '\\');
  assert.equal(separatorOf('Debian GNU/Linux 12'), '/');
});

test('the entry that leads back to a folder is known on the way up', () => {
  assert.equal(entryTowards('/srv', '/srv/ann/docs', '/'), 'ann');
  assert.equal(entryTowards('/', '/srv', '/'), 'srv');
  assert.equal(entryTowards('C:\\', 'C:\\Users\\ann', '\\'), 'Users');
  assert.equal(entryTowards('/srv', '/etc', '/'), undefined);
  assert.equal(entryTowards('/srv/ann', '/srv', '/'), undefined);
});

test('of many folders those are proposed that begin as what was typed', () => {
  const folders = Array.from({ length: 1_000 }, (_, at) => `/srv/Folder ${at}`);
  assert.deepEqual(pathsBeginning('/srv/folder 99', folders, 3), [
    '/srv/Folder 99',
    '/srv/Folder 990',
    '/srv/Folder 991',
  ]);
  assert.equal(pathsBeginning('/srv', folders, 200).length, 200);
});
