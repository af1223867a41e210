import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FileProperties, Outcome } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { smallDisk } from '../../../testing/smallDisk.ts';

const RULES = ['fail', 'skip', 'replace', 'rename', 'same'] as const;
const content = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** A folder that is mounted at another place, too, until the test ends. */
function mountTwice(t: TestContext, there: string): string {
  // Hooks run in their order, and the folder can go only when nothing is mounted there.
  const later: Array<() => unknown> = [];
  const again = temporaryFolder({ after: (work) => later.push(work) });
  execFileSync('mount', ['--bind', there, again]);
  t.after(() => {
    execFileSync('umount', ['--lazy', again]);
    for (const work of later) work();
  });
  return again;
}

for (const conflict of RULES) {
  test(`by the rule "${conflict}" nothing is lost that is moved or copied to where it is already, by another mount`, async (t) => {
    const folder = temporaryFolder(t);
    const again = mountTwice(t, folder);
    const client = new FilesClient(t);
    mkdirSync(join(folder, 'd'));
    writeFileSync(join(folder, 'd/inside'), 'precious');
    writeFileSync(join(folder, 'file'), 'precious');
    const paths = [join(folder, 'd'), join(folder, 'file')];
    assert.deepEqual(await client.outcome('move', { paths, folder: again, conflict }), { done: 2, failed: [] });
    assert.deepEqual(readdirSync(folder).sort(), ['d', 'file']);
    await client.outcome('copy', { paths, folder: again, conflict });
    assert.deepEqual(
      ['d/inside', 'file'].map((name) => content(join(folder, name))),
      ['precious', 'precious'],
    );
    assert.deepEqual(readdirSync(folder).sort(), ['d', 'd (2)', 'file', 'file (2)']);
  });
}

test('nor is anything where the folder to be merged turns out to be the same one', async (t) => {
  const [from, to] = [temporaryFolder(t), temporaryFolder(t)];
  mkdirSync(join(from, 'd'));
  mkdirSync(join(to, 'd'));
  writeFileSync(join(from, 'd/file'), 'precious');
  execFileSync('mount', ['--bind', join(from, 'd'), join(to, 'd')]);
  try {
    await new FilesClient(t).outcome('move', { paths: [join(from, 'd')], folder: to, conflict: 'replace' });
    assert.equal(content(join(from, 'd/file')), 'precious');
  } finally {
    execFileSync('umount', ['--lazy', join(to, 'd')]);
  }
});

test('a folder goes into itself by no mount', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a/in/below'), { recursive: true });
  writeFileSync(join(folder, 'a/file'), 'x');
  const client = new FilesClient(t);
  const whole = mountTwice(t, join(folder, 'a'));
  const ask = { paths: [join(folder, 'a')], folder: whole, conflict: 'fail' as const };
  for (const operation of ['copy', 'move'] as const)
    assert.equal((await client.outcome(operation, ask)).failed[0]?.error, 'file.into-itself');
  const inside = mountTwice(t, join(folder, 'a/in'));
  for (const operation of ['move', 'copy'] as const) {
    const { done, failed } = await client.outcome(operation, { ...ask, folder: inside, conflict: 'rename' });
    assert.deepEqual([done, failed], [0, [{ path: join(folder, 'a/in'), error: 'file.into-itself' }]]);
  }
  assert.equal(content(join(folder, 'a/file')), 'x');
  assert.equal(existsSync(join(inside, 'a/in')), false);
});

test('a file that is moved onto another name of its own has one name less', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['one', 'two']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'one/file'), 'x');
  linkSync(join(folder, 'one/file'), join(folder, 'two/file'));
  const ask = { paths: [join(folder, 'one/file')], folder: join(folder, 'two'), conflict: 'replace' as const };
  assert.deepEqual(await new FilesClient(t).outcome('move', ask), { done: 1, failed: [] });
  assert.deepEqual([readdirSync(join(folder, 'one')), content(join(folder, 'two/file'))], [[], 'x']);
});

test('a file that is moved onto a place where it is mounted itself is not lost', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['one', 'two']) mkdirSync(join(folder, name));
  for (const name of ['one', 'two']) writeFileSync(join(folder, name, 'file'), name);
  execFileSync('mount', ['--bind', join(folder, 'one/file'), join(folder, 'two/file')]);
  const ask = { paths: [join(folder, 'one/file')], folder: join(folder, 'two'), conflict: 'replace' as const };
  try {
    assert.equal((await new FilesClient(t).outcome('move', ask)).done, 0);
  } finally {
    execFileSync('umount', ['--lazy', join(folder, 'two/file')]);
  }
  assert.deepEqual([content(join(folder, 'one/file')), content(join(folder, 'two/file'))], ['one', 'two']);
});

test('a file that many rename at once has one name in the end, and all others hear that it is gone', async (t) => {
  const client = new FilesClient(t);
  for (let round = 0; round < 40; round++) {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'file'), 'x');
    const renames = Array.from({ length: 8 }, (_, at) =>
      client.ask<FileProperties>('rename', { path: join(folder, 'file'), name: `name ${at}` }),
    );
    const results = await Promise.allSettled(renames);
    const names = readdirSync(folder);
    assert.equal(names.length, 1);
    assert.equal(statSync(join(folder, names[0] ?? '')).nlink, 1);
    for (const result of results) if (result.status === 'rejected') assert.equal(result.reason.code, 'file.missing');
  }
});

test('what is added or changed while a folder moves to another drive is not lost', async (t) => {
  const folder = temporaryFolder(t);
  const disk = smallDisk(t, 'size=200m');
  const names = Array.from({ length: 40 }, (_, at) => `${at}`);
  for (const name of names) {
    mkdirSync(join(folder, 'tree', name), { recursive: true });
    writeFileSync(join(folder, 'tree', name, 'file'), 'first');
    writeFileSync(join(folder, 'tree', name, 'large'), randomBytes(3_000_000));
  }
  const call = new FilesClient(t).call('move', { paths: [join(folder, 'tree')], folder: disk, conflict: 'fail' });
  await call.heard();
  for (const name of names) {
    writeFileSync(join(folder, 'tree', name, 'file'), 'second');
    writeFileSync(join(folder, 'tree', name, 'added'), 'added');
  }
  const { failed } = (await call.done) as Outcome;
  const copies = new Set<number>();
  for (const name of names) {
    const both = (file: string) => [folder, disk].map((top) => content(join(top, 'tree', name, file)));
    assert.ok(both('file').includes('second'), name);
    assert.ok(both('added').includes('added'), name);
    copies.add(both('large').filter((found) => found !== undefined).length);
  }
  // Where a file changes in the very moment of its copy, that is said, and everything stays where it was as well.
  if (failed.length === 0 || !copies.has(2)) assert.deepEqual([...copies], [1]);
  else assert.deepEqual([...copies], [2]);
});
