import assert from 'node:assert/strict';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/temporaryFolder.ts';
import { lockDataFolder, openDataFolder } from './dataFolder.ts';
import { Failure } from './failure.ts';

test('a missing folder is made for its owner alone', (t) => {
  const folder = openDataFolder(join(temporaryFolder(t), 'a', 'b'));
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('a folder that others may enter is refused, and the sentence says what to do', (t) => {
  const folder = temporaryFolder(t);
  for (const mode of [0o750, 0o701, 0o702, 0o777]) {
    chmodSync(folder, mode);
    assert.throws(
      () => openDataFolder(folder),
      (error) => error instanceof Failure && error.message.includes('chmod 700'),
    );
  }
});

test('a file in the place of the folder is refused', (t) => {
  const path = join(temporaryFolder(t), 'file');
  writeFileSync(path, '');
  assert.throws(() => openDataFolder(path), Failure);
  assert.throws(() => openDataFolder(join(path, 'below')), Failure);
});

test('one hub at most holds a folder, and closing lets the next one in', (t) => {
  const folder = temporaryFolder(t);
  const first = lockDataFolder(folder);
  assert.throws(() => lockDataFolder(folder), /Another hub already runs/);
  first.close();
  first.close();
  lockDataFolder(folder).close();
  assert.equal(statSync(join(folder, 'hub.lock')).mode & 0o777, 0o600);
});
