import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MAX_PATH, type TreeEntry, treeEntry } from '@porthole/protocol';
import { deepFolder } from '../../../testing/deepFolder.ts';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';

function makeTree(t: TestContext): string {
  const folder = join(temporaryFolder(t), 'tree');
  mkdirSync(join(folder, 'empty'), { recursive: true });
  mkdirSync(join(folder, 'ünïcode/x'), { recursive: true });
  writeFileSync(join(folder, 'ünïcode/x/日本語.txt'), 'text '.repeat(100_000));
  writeFileSync(join(folder, 'noise.png'), randomBytes(300_000));
  writeFileSync(join(folder, 'nothing'), '');
  writeFileSync(join(folder, 'run.sh'), '#!/bin/sh');
  chmodSync(join(folder, 'run.sh'), 0o755);
  symlinkSync('/etc/passwd', join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  return folder;
}

const FILES = ['ünïcode/x/日本語.txt', 'noise.png', 'nothing', 'run.sh'];

/** Unpacks with a program and compares. */
function unpackedEquals(t: TestContext, zip: Buffer, folder: string, [program = '', ...args]: string[]): void {
  const to = temporaryFolder(t);
  writeFileSync(join(to, 'a.zip'), zip);
  execFileSync(program, [...args, 'a.zip'], { cwd: to, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  for (const name of FILES)
    assert.ok(readFileSync(join(to, 'tree', name)).equals(readFileSync(join(folder, name))), name);
  assert.ok(existsSync(join(to, 'tree/empty')));
  assert.ok(!existsSync(join(to, 'tree/link')));
  const manifest = readFileSync(join(to, 'porthole-manifest.txt'), 'utf8');
  assert.match(manifest, /"tree\/link": link to \/etc\/passwd/);
  assert.match(manifest, /"tree\/fifo": not an ordinary file/);
}

test('a zip unpacks to what was there; links and odd things stand in a list', async (t) => {
  const folder = makeTree(t);
  const zip = await new FilesClient(t).bytes('archive', { paths: [folder] });
  unpackedEquals(t, zip, folder, ['unzip', '-q']);
  unpackedEquals(t, zip, folder, ['bsdtar', '-xf']);
});

test('two paths that end alike stay apart, and one that is missing is listed', async (t) => {
  const [a, b] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(a, 'same.txt'), 'a');
  writeFileSync(join(b, 'same.txt'), 'b');
  const paths = [join(a, 'same.txt'), join(b, 'same.txt'), join(a, 'gone')];
  const zip = join(a, 'a.zip');
  writeFileSync(zip, await new FilesClient(t).bytes('archive', { paths }));
  const read = (name: string) => execFileSync('unzip', ['-p', zip, name], { encoding: 'utf8' });
  assert.deepEqual([read('same.txt'), read('same (2).txt')], ['a', 'b']);
  assert.match(read('porthole-manifest.txt'), /"gone": file.missing/);
});

test('thousands of paths that end alike all get names of their own', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'a.txt'), 'a');
  writeFileSync(join(folder, 'a (3).txt'), 'b');
  const paths = [join(folder, 'a (3).txt'), ...Array.from({ length: 2_000 }, () => join(folder, 'a.txt'))];
  const zip = join(folder, 'a.zip');
  writeFileSync(zip, await new FilesClient(t).bytes('archive', { paths }));
  const names = execFileSync('unzip', ['-Z1', zip], { encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(names.slice(0, 4), ['a (3).txt', 'a.txt', 'a (2).txt', 'a (4).txt']);
  assert.deepEqual([names.length, new Set(names).size, names.at(-1)], [2_001, 2_001, 'a (2001).txt']);
});

test('a file beyond 4 GiB and a name that no system should unpack elsewhere are archived soundly', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, '..\\..\\evil'), 'x');
  writeFileSync(join(folder, 'large.zip'), '');
  truncateSync(join(folder, 'large.zip'), 2 ** 32 + 5);
  const client = new FilesClient(t);
  const small = await client.bytes('archive', { paths: [join(folder, '..\\..\\evil')] });
  assert.ok(small.includes('.._.._evil'));
  const call = client.call('archive', { paths: [join(folder, 'large.zip')] });
  while (call.received < 3_000_000) await call.heard();
  call.close();
  await assert.rejects(call.done, { code: 'channel.closed' });
});

test('a file that changes while it is packed is said to have changed, and the zip stays readable', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'log.gz'), randomBytes(5_000_000));
  const call = new FilesClient(t).call('archive', { paths: [join(folder, 'log.gz')] }, { credit: false });
  while (call.received < 900_000) await call.heard();
  appendFileSync(join(folder, 'log.gz'), 'more');
  call.grant(100_000_000);
  await call.done;
  writeFileSync(join(folder, 'a.zip'), call.content);
  execFileSync('unzip', ['-tq', join(folder, 'a.zip')]);
  const manifest = execFileSync('unzip', ['-p', join(folder, 'a.zip'), 'porthole-manifest.txt'], { encoding: 'utf8' });
  assert.match(manifest, /"log.gz": changed while it was read/);
});

test('a tree is sent folders first, by name, and what cannot be reached with its reason', async (t) => {
  const folder = makeTree(t);
  const call = new FilesClient(t).call('tree', { paths: [folder, `${folder}/gone`] });
  await call.done;
  const entries = call.items as TreeEntry[];
  assert.deepEqual(
    entries.map(({ name }) => name),
    [
      'tree',
      'tree/empty',
      'tree/fifo',
      'tree/link',
      'tree/noise.png',
      'tree/nothing',
      'tree/run.sh',
      'tree/ünïcode',
      'tree/ünïcode/x',
      'tree/ünïcode/x/日本語.txt',
      'gone',
    ],
  );
  assert.deepEqual(
    [entries[9]?.size, entries[9]?.path, entries[10]?.error],
    [500_000, join(folder, FILES[0] ?? ''), 'file.missing'],
  );
});

test('a tree that is deeper than can be told of goes on, and says where it is too deep', async (t) => {
  const name = 'x'.repeat(200);
  const folder = deepFolder(t, name, 300);
  writeFileSync(join(folder, 'z'), '');
  const paths = [join(folder, name), join(folder, 'z')];
  const call = new FilesClient(t).call('tree', { paths });
  await call.done;
  const entries = call.items.map((item) => treeEntry.parse(item));
  const levels = Math.floor((MAX_PATH - folder.length) / (name.length + 1));
  assert.equal(entries.length, levels + 2);
  const [deepest, again, last] = entries.slice(-3);
  assert.deepEqual([again?.path, again?.name, again?.error], [deepest?.path, deepest?.name, 'file.name-too-long']);
  assert.deepEqual([last?.name, last?.error], ['z', undefined]);
});

test('a tree goes on behind an entry by the order of names, though the entry is gone and others have come', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['a', 'b', 'b/x', 'c']) mkdirSync(join(folder, name));
  for (const name of ['a/1', 'a/2', 'a/10', 'b/x/1', 'b/y', 'c/1', 'd']) writeFileSync(join(folder, name), '');
  const client = new FilesClient(t);
  const paths = [join(folder, 'a'), join(folder, 'b'), join(folder, 'c'), `${folder}/./b`, join(folder, 'd')];
  const names = async (after?: string) => {
    const call = client.call('tree', { paths, ...(after !== undefined && { after }) });
    await call.done;
    return (call.items as TreeEntry[]).map(({ name }) => name);
  };
  const all = await names();
  assert.deepEqual(all.slice(0, 5), ['a', 'a/1', 'a/2', 'a/10', 'b']);
  for (const [at, name] of all.entries()) assert.deepEqual(await names(name), all.slice(at + 1), name);
  rmSync(join(folder, 'a/2'));
  writeFileSync(join(folder, 'a/0'), '');
  writeFileSync(join(folder, 'a/3'), '');
  assert.deepEqual((await names('a/2')).slice(0, 3), ['a/3', 'a/10', 'b']);
  rmSync(join(folder, 'b/x'), { recursive: true });
  assert.deepEqual((await names('b/x/1')).slice(0, 2), ['b/y', 'c']);
  rmSync(join(folder, 'a'), { recursive: true });
  assert.deepEqual((await names('a/2')).slice(0, 2), ['a', 'b']);
});
