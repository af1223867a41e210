import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { detectFiles } from '../../../platform/detect.ts';
import { temporaryFolder } from '../../../testing/filesClient.ts';
import { FileSpace } from '../fileSpace.ts';
import { Siblings } from './siblings.ts';

test('entries are found as by themselves, through links and from folder to folder', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'real/inner'), { recursive: true });
  symlinkSync('real', join(root, 'link'));
  const space = new FileSpace(detectFiles(), [root]);
  await using siblings = new Siblings(space);
  const paths = ['link/a', 'link/b', 'link/./b/', 'real/inner/a', 'link/inner/b', 'real/c', ''].map((name) =>
    join(root, name),
  );
  for (const path of paths) {
    const { name, path: found } = await siblings.find(path);
    await using alone = await space.spot(path);
    assert.deepEqual([name, found], [alone.name, alone.path]);
  }
  await assert.rejects(siblings.find(join(root, 'missing/a')), { code: 'ENOENT' });
  await assert.rejects(siblings.find('/etc/passwd'), { code: 'file.outside' });
});

test('siblings are in the folder that was found, whatever takes its name meanwhile', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'folder'));
  for (const name of ['a', 'b']) writeFileSync(join(root, 'folder', name), 'ours');
  await using siblings = new Siblings(new FileSpace(detectFiles(), [root]));
  await siblings.find(join(root, 'folder/a'));
  renameSync(join(root, 'folder'), join(root, 'elsewhere'));
  symlinkSync('/etc', join(root, 'folder'));
  const { folder, name } = await siblings.find(join(root, 'folder/b'));
  assert.equal(readFileSync(folder.at(name), 'utf8'), 'ours');
});
