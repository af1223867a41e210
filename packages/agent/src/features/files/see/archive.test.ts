import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { TreeEntry } from '@porthole/protocol';
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

/** Unpacks with a program and compares; the program's name is the reason when it is not installed. */
function unpackedEquals(t: TestContext, zip: Buffer, folder: string, [program = '', ...args]: string[]): void {
  if (spawnSync(program, ['--version']).error) return t.diagnostic(`${program} is not installed`);
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
