import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FileProperties, PortholeError } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { smallDisk } from '../../../testing/smallDisk.ts';
import { trashInfo } from './trash.ts';

const code = (expected: string) => ({ code: expected });

/** A tree with a file, a link out, a FIFO's neighbour and an empty folder. */
function makeTree(folder: string, outside: string): void {
  mkdirSync(join(folder, 'tree/sub/empty'), { recursive: true });
  writeFileSync(join(folder, 'tree/sub/file'), 'content');
  chmodSync(join(folder, 'tree/sub/file'), 0o750);
  utimesSync(join(folder, 'tree/sub/file'), 1e9, 1e9);
  symlinkSync(outside, join(folder, 'tree/out'));
}

test('folders are made, entries renamed, and nothing is ever replaced by that', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const made = await client.ask<FileProperties>('makeFolder', { folder, name: 'new' });
  assert.deepEqual([made.kind, made.path], ['directory', join(folder, 'new')]);
  await assert.rejects(client.ask('makeFolder', { folder, name: 'new' }), code('file.exists'));
  writeFileSync(join(folder, 'file'), 'x');
  mkdirSync(join(folder, 'new/full'));
  for (const [from, to] of [
    ['file', 'new'],
    ['new', 'file'],
  ] as const) {
    await assert.rejects(client.ask('rename', { path: join(folder, from), name: to }), code('file.exists'));
  }
  await client.ask('rename', { path: join(folder, 'new'), name: 'old' });
  await client.ask('rename', { path: join(folder, 'file'), name: 'ä' });
  assert.deepEqual(readdirSync(folder).sort(), ['old', 'ä']);
  await assert.rejects(client.ask('rename', { path: join(folder, 'gone'), name: 'x' }), code('file.missing'));
  const mode = await client.ask<FileProperties>('setMode', { path: join(folder, 'old'), mode: 0o700 });
  assert.equal(mode.mode, 0o700);
});

test('removing for ever takes a tree with all in it, and nothing that its links lead to', async (t) => {
  const [folder, outside] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(outside, 'safe'), 'x');
  makeTree(folder, outside);
  linkSync(join(outside, 'safe'), join(folder, 'tree/hard'));
  execFileSync('mkfifo', [join(folder, 'tree/fifo')]);
  const paths = [join(folder, 'missing'), join(folder, 'tree')];
  const outcome = await new FilesClient(t).outcome('remove', { paths, forever: true });
  assert.deepEqual(outcome, { done: 1, failed: [{ path: paths[0], error: 'file.missing' }] });
  assert.deepEqual([readdirSync(folder), readdirSync(outside)], [[], ['safe']]);
});

test('a drive that is mounted inside of what is removed is not emptied', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'tree/mnt'), { recursive: true });
  writeFileSync(join(folder, 'tree/file'), '');
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(folder, 'tree/mnt')]);
  try {
    writeFileSync(join(folder, 'tree/mnt/precious'), '');
    const outcome = await new FilesClient(t).outcome('remove', { paths: [join(folder, 'tree')], forever: true });
    assert.deepEqual([outcome.done, outcome.failed[0]?.error], [0, 'file.busy']);
    assert.deepEqual(readdirSync(join(folder, 'tree')), ['mnt']);
    assert.ok(existsSync(join(folder, 'tree/mnt/precious')));
  } finally {
    execFileSync('umount', [join(folder, 'tree/mnt')]);
  }
});

test('what is thrown away lies in the trash of its drive, and says where it came from', async (t) => {
  const disk = smallDisk(t);
  const client = new FilesClient(t);
  for (let at = 0; at < 2; at++) {
    writeFileSync(join(disk, 'ä b'), String(at));
    const outcome = await client.outcome('remove', { paths: [join(disk, 'ä b')], forever: false });
    assert.deepEqual(outcome, { done: 1, failed: [] });
  }
  const bin = join(disk, `.Trash-${process.getuid?.()}`);
  assert.deepEqual(readdirSync(join(bin, 'files')).sort(), ['ä b', 'ä b (2)']);
  assert.match(
    readFileSync(join(bin, 'info/ä b.trashinfo'), 'utf8'),
    /^\[Trash Info\]\nPath=%C3%A4%20b\nDeletionDate=\d{4}-/,
  );
});

test('where there is no trash nothing is removed, and the reason says so', async (t) => {
  const disk = smallDisk(t);
  writeFileSync(join(disk, `.Trash-${process.getuid?.()}`), 'in the way');
  writeFileSync(join(disk, 'file'), 'x');
  const outcome = await new FilesClient(t).outcome('remove', { paths: [join(disk, 'file')], forever: false });
  assert.equal(outcome.failed[0]?.error, 'feature.unsupported');
  assert.ok(existsSync(join(disk, 'file')));
});

test('the note in the trash says the same path in every script', () => {
  const text = trashInfo('/mnt/a b/ü%\n\ueff1', '/mnt', new Date(0));
  assert.match(text, /Path=a%20b\/%C3%BC%25%0A%F1\n/);
});

test('a tree is copied with its modes, times and links', async (t) => {
  const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
  makeTree(folder, '/etc');
  const client = new FilesClient(t);
  const outcome = await client.outcome('copy', { paths: [join(folder, 'tree')], folder: to, conflict: 'fail' });
  assert.deepEqual(outcome, { done: 1, failed: [] });
  const copied = statSync(join(to, 'tree/sub/file'));
  assert.deepEqual([copied.mode & 0o777, copied.mtimeMs], [0o750, 1e12]);
  assert.equal(readlinkSync(join(to, 'tree/out')), '/etc');
  assert.deepEqual([readdirSync(to), readdirSync(join(to, 'tree')).sort()], [['tree'], ['out', 'sub']]);
});

test('what cannot be copied is told of, and the rest is copied all the same', async (t) => {
  const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
  makeTree(folder, '/etc');
  execFileSync('mkfifo', [join(folder, 'tree/fifo')]);
  const outcome = await new FilesClient(t).outcome('copy', {
    paths: [join(folder, 'tree')],
    folder: to,
    conflict: 'fail',
  });
  assert.deepEqual(outcome, { done: 0, failed: [{ path: join(folder, 'tree/fifo'), error: 'file.not-regular' }] });
  assert.deepEqual(readdirSync(join(to, 'tree')).sort(), ['out', 'sub']);
});

test('a large sparse file is copied with its holes', async (t) => {
  const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(folder, 'sparse'), 'begin');
  truncateSync(join(folder, 'sparse'), 300_000_000);
  await new FilesClient(t).outcome('copy', { paths: [join(folder, 'sparse')], folder: to, conflict: 'fail' });
  const { size, blocks } = statSync(join(to, 'sparse'));
  assert.deepEqual([size, blocks * 512 < 2_000_000], [300_000_000, true]);
});

for (const operation of ['copy', 'move'] as const) {
  test(`${operation} goes by the rule where a name is taken, and merges folders where it may replace`, async (t) => {
    const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
    const client = new FilesClient(t);
    const put = (conflict: 'fail' | 'skip' | 'replace' | 'rename') => {
      mkdirSync(join(folder, 'd'), { recursive: true });
      writeFileSync(join(folder, 'd/new'), 'new');
      return client.outcome(operation, { paths: [join(folder, 'd')], folder: to, conflict });
    };
    mkdirSync(join(to, 'd'));
    writeFileSync(join(to, 'd/old'), 'old');
    writeFileSync(join(to, 'd/new'), 'was here');
    assert.equal((await put('fail')).failed[0]?.error, 'file.exists');
    assert.equal((await put('skip')).done, 0);
    assert.equal((await put('rename')).done, 1);
    assert.deepEqual(readdirSync(to).sort(), ['d', 'd (2)']);
    assert.equal((await put('replace')).done, 1);
    assert.deepEqual(
      [readFileSync(join(to, 'd/new'), 'utf8'), readFileSync(join(to, 'd/old'), 'utf8')],
      ['new', 'old'],
    );
    assert.equal(existsSync(join(folder, 'd')), operation === 'copy');
    assert.deepEqual(readdirSync(to).sort(), ['d', 'd (2)']);
  });

  test(`${operation} of a folder into itself is refused, however it is spelled`, async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    symlinkSync('a/b', join(folder, 'link'));
    const client = new FilesClient(t);
    for (const to of ['a', 'a/b', 'link', './/a/./b']) {
      const ask = { paths: [join(folder, 'a')], folder: `${folder}/${to}`, conflict: 'rename' as const };
      assert.equal((await client.outcome(operation, ask)).failed[0]?.error, 'file.into-itself', to);
    }
  });
}

test('moving to another drive copies, compares and removes; what could not be copied stays', async (t) => {
  const folder = temporaryFolder(t);
  const disk = smallDisk(t, 'size=8m');
  makeTree(folder, '/etc');
  writeFileSync(join(folder, 'big'), randomBytes(5_000_000));
  const client = new FilesClient(t);
  const outcome = await client.outcome('move', {
    paths: [join(folder, 'tree'), join(folder, 'big')],
    folder: disk,
    conflict: 'fail',
  });
  assert.deepEqual([outcome, readdirSync(folder)], [{ done: 2, failed: [] }, []]);
  writeFileSync(join(folder, 'huge'), randomBytes(5_000_000));
  const full = await client.outcome('move', { paths: [join(folder, 'huge')], folder: disk, conflict: 'fail' });
  assert.deepEqual([full.failed[0]?.error, readdirSync(disk).sort()], ['file.no-space', ['big', 'tree']]);
  assert.equal(lstatSync(join(folder, 'huge')).size, 5_000_000);
});

test('a copy that is given up leaves nothing behind', async (t) => {
  const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(folder, 'sparse'), '');
  truncateSync(join(folder, 'sparse'), 2 ** 40);
  const call = new FilesClient(t).call('copy', { paths: [join(folder, 'sparse')], folder: to, conflict: 'fail' });
  await call.heard();
  assert.equal(readdirSync(to).length, 1);
  call.close();
  while (readdirSync(to).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

test('a text is saved only over what was seen, and keeps its mode', async (t) => {
  const path = join(temporaryFolder(t), 'text');
  const client = new FilesClient(t);
  const save = async (text: string, etag?: string) => {
    const content = Buffer.from(text);
    const call = client.call('save', { path, size: content.byteLength, ...(etag === undefined ? {} : { etag }) });
    await call.send(content);
    call.end();
    return (await call.done) as FileProperties;
  };
  const { etag } = await save('one');
  chmodSync(path, 0o600);
  await assert.rejects(save('two'), code('file.exists'));
  await assert.rejects(save('two', etag), code('file.changed'));
  const now = await client.ask<FileProperties>('stat', { path });
  await save('two', now.etag);
  assert.deepEqual(
    [readFileSync(path, 'utf8'), statSync(path).mode & 0o777, readdirSync(join(path, '..'))],
    ['two', 0o600, ['text']],
  );
});

test('of many who save over the same text at once one wins, and is told of its own', async (t) => {
  const path = join(temporaryFolder(t), 'text');
  writeFileSync(path, 'begin');
  const client = new FilesClient(t);
  const save = async (text: string, etag?: string) => {
    const call = client.call('save', { path, size: text.length, ...(etag === undefined ? {} : { etag }) });
    await call.send(Buffer.from(text));
    call.end();
    return [text, ((await call.done) as FileProperties).etag];
  };
  for (let round = 0; round < 10; round++) {
    // Over what is there, and now and then over nothing.
    if (round % 5 === 4) unlinkSync(path);
    const etag = existsSync(path) ? (await client.ask<FileProperties>('stat', { path })).etag : undefined;
    const saves = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => save(`${round}:${at}`, etag)));
    const won = saves.flatMap((saved) => (saved.status === 'fulfilled' ? [saved.value] : []));
    const codes = saves.flatMap((saved) => (saved.status === 'rejected' ? [(saved.reason as PortholeError).code] : []));
    const now = await client.ask<FileProperties>('stat', { path });
    assert.deepEqual(won, [[readFileSync(path, 'utf8'), now.etag]]);
    assert.deepEqual(codes, Array(19).fill(etag === undefined ? 'file.exists' : 'file.changed'));
  }
  assert.deepEqual(readdirSync(join(path, '..')), ['text']);
});

test('on a drive that can only be read every change says so', async (t) => {
  const disk = smallDisk(t);
  writeFileSync(join(disk, 'file'), 'x');
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const client = new FilesClient(t);
  await assert.rejects(client.ask('makeFolder', { folder: disk, name: 'x' }), code('file.read-only'));
  await assert.rejects(client.ask('rename', { path: join(disk, 'file'), name: 'x' }), code('file.read-only'));
  const outcome = await client.outcome('remove', { paths: [join(disk, 'file')], forever: true });
  assert.equal(outcome.failed[0]?.error, 'file.read-only');
});
