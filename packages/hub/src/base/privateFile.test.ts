import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/temporaryFolder.ts';
import { readPrivateFile, writePrivateFile } from './privateFile.ts';

test('a file is written whole with mode 0600, and nothing else stays behind', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'key');
  assert.equal(readPrivateFile(path), undefined);
  assert.equal(writePrivateFile(path, 'one', 'replace'), true);
  assert.equal(writePrivateFile(path, 'two', 'replace'), true);
  assert.equal(readFileSync(path, 'utf8'), 'two');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ['key']);
});

test('who comes second with create keeps what the first one wrote', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'key');
  assert.equal(writePrivateFile(path, 'first', 'create'), true);
  assert.equal(writePrivateFile(path, 'second', 'create'), false);
  assert.equal(readPrivateFile(path), 'first');
  assert.deepEqual(readdirSync(folder), ['key']);
});
