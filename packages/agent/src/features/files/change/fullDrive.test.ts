import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FileProperties, UploadState } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { overcommittedDisk, smallDisk } from '../../../testing/smallDisk.ts';

const NO_SPACE = { code: 'file.no-space' };
const id = () => randomBytes(16).toString('base64url');

/** A drive without room for a single entry more; `file` on it holds 'old'. */
function withoutEntries(t: TestContext): string {
  const disk = smallDisk(t, 'size=4m,nr_inodes=4');
  writeFileSync(join(disk, 'file'), 'old');
  for (const name of ['a', 'b']) writeFileSync(join(disk, name), '');
  return disk;
}

/** A drive with room for entries, and none for what is in them. */
function withoutRoom(t: TestContext): string {
  const disk = smallDisk(t, 'size=64k');
  writeFileSync(join(disk, 'file'), 'old');
  assert.throws(() => writeFileSync(join(disk, 'a'), Buffer.alloc(100_000)));
  return disk;
}

async function save(client: FilesClient, path: string, content: Buffer, isNew = false): Promise<void> {
  const { etag } = isNew ? {} : await client.ask<FileProperties, 'stat'>('stat', { path });
  const call = client.call('save', { path, size: content.byteLength, ...(etag !== undefined && { etag }) });
  await call.send(content);
  call.end();
  await call.done;
}

/** Everything that brings content to a drive, as the code that it ends with. */
async function attempts(client: FilesClient, disk: string, source: string): Promise<string[]> {
  const content = Buffer.alloc(50_000, 'x');
  const upload = { folder: disk, size: content.byteLength, sha256: undefined } as const;
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const copying = async (operation: 'copy' | 'move') => {
    const paths = [join(source, 'file')];
    return (await client.outcome(operation, { paths, folder: disk, conflict: 'replace' })).failed[0]?.error ?? 'done';
  };
  const begun = { ...upload, id: id(), name: 'file', conflict: 'replace' } as const;
  const codes = [
    await codeOf(client.upload(begun, content)),
    await codeOf(client.take({ ...upload, name: 'new', conflict: 'fail' }, content)),
    await codeOf(save(client, join(disk, 'file'), content)),
    await codeOf(save(client, join(disk, 'new'), content, true)),
    await copying('copy'),
    await copying('move'),
  ];
  await client.ask('cancel', { id: begun.id, folder: disk });
  return codes;
}

for (const [when, fill] of [
  ['an entry is made', withoutEntries],
  ['content is written', withoutRoom],
] as const) {
  test(`a drive that is full when ${when} says so, keeps what was there, and nothing is left on it`, async (t) => {
    const disk = fill(t);
    const source = temporaryFolder(t);
    writeFileSync(join(source, 'file'), Buffer.alloc(50_000, 'y'));
    const before = readdirSync(disk).sort();
    const codes = await attempts(new FilesClient(t), disk, source);
    assert.deepEqual(codes, Array(6).fill('file.no-space'));
    assert.deepEqual(readdirSync(disk).sort(), before);
    assert.equal(readFileSync(join(disk, 'file'), 'utf8'), 'old');
    assert.equal(readFileSync(join(source, 'file')).byteLength, 50_000, 'what was to be moved is still there');
  });
}

test('a drive on which a folder cannot be made says so', async (t) => {
  const disk = withoutEntries(t);
  const client = new FilesClient(t);
  await assert.rejects(client.ask('makeFolder', { folder: disk, name: 'new' }), NO_SPACE);
  const upload = client.upload({ id: id(), folder: disk, name: 'new/x', size: 1, conflict: 'fail' }, Buffer.of(1));
  await assert.rejects(upload, NO_SPACE);
  const source = temporaryFolder(t);
  mkdirSync(join(source, 'tree'));
  symlinkSync('x', join(source, 'link'));
  const paths = [join(source, 'tree'), join(source, 'link')];
  const outcome = await client.outcome('copy', { paths, folder: disk, conflict: 'fail' });
  assert.deepEqual(
    outcome.failed.map(({ error }) => error),
    ['file.no-space', 'file.no-space'],
  );
  assert.deepEqual(readdirSync(disk).sort(), ['a', 'b', 'file']);
});

test('a drive that is full when all is there and only the name is missing keeps it, and takes the name when there is room', async (t) => {
  // A second name takes an entry of its own on such a drive, so giving the file its name is what fails.
  const disk = smallDisk(t, 'size=4m,nr_inodes=3');
  writeFileSync(join(disk, 'filler'), '');
  const client = new FilesClient(t);
  const ask = { id: id(), folder: disk, name: 'file', size: 5, conflict: 'fail' } as const;
  await assert.rejects(client.upload(ask, Buffer.from('hello')), NO_SPACE);
  await assert.rejects(save(client, join(disk, 'other'), Buffer.from('text'), true), NO_SPACE);
  const source = join(temporaryFolder(t), 'copied');
  writeFileSync(source, 'copied');
  assert.equal((await client.outcome('copy', { paths: [source], folder: disk, conflict: 'fail' })).done, 0);
  assert.deepEqual(readdirSync(disk).sort(), [`.porthole-${ask.id}.part`, 'filler']);
  rmSync(join(disk, 'filler'));
  const { offset } = await client.ask<UploadState, 'upload'>('upload', { id: ask.id, folder: disk });
  assert.equal(offset, 5);
  assert.equal((await client.write({ id: ask.id, folder: disk, offset }, Buffer.of())).state, 'done');
  assert.deepEqual([readdirSync(disk), readFileSync(join(disk, 'file'), 'utf8')], [['file'], 'hello']);
});

test('a drive that fails only when it is told to keep what was written leaves the old file as it is', async (t) => {
  const disk = overcommittedDisk(t);
  writeFileSync(join(disk, 'file'), 'old');
  execFileSync('sync', [join(disk, 'file')]);
  const client = new FilesClient(t);
  const content = randomBytes(6_000_000);
  const ask = { id: id(), folder: disk, name: 'file', size: content.byteLength, conflict: 'replace' } as const;
  // Which of the two it is depends on the kernel.
  const refused = ({ code }: { code: string }) => ['file.no-space', 'file.unreadable'].includes(code);
  await assert.rejects(client.upload(ask, content), refused);
  assert.equal(readFileSync(join(disk, 'file'), 'utf8'), 'old');
  await client.ask('cancel', { id: ask.id, folder: disk });
  await assert.rejects(save(client, join(disk, 'file'), content), refused);
  assert.deepEqual(readdirSync(disk).sort(), ['file', 'lost+found']);
  assert.equal(readFileSync(join(disk, 'file'), 'utf8'), 'old');
});

test('when the own drive of the agent is full, uploads are refused and leave nothing on the other', async (t) => {
  const data = smallDisk(t, 'size=64k,nr_inodes=4');
  mkdirSync(join(data, 'uploads'));
  const fillers = [join(data, 'first'), join(data, 'second')];
  for (const filler of fillers) writeFileSync(filler, '');
  const folder = temporaryFolder(t);
  const client = new FilesClient(t, { data });
  const ask = { id: id(), folder, name: 'file', size: 5, conflict: 'fail' } as const;
  // The first time nothing can be written down, the second time only the first half.
  for (const filler of fillers) {
    await assert.rejects(client.upload(ask, Buffer.from('hello')), NO_SPACE);
    assert.deepEqual([readdirSync(folder), readdirSync(join(data, 'uploads'))], [[], []]);
    rmSync(filler);
  }
  assert.equal((await client.upload(ask, Buffer.from('hello'))).state, 'done');
});

test('what cannot be thrown away, since the trash has no room for the note, stays where it is', async (t) => {
  const disk = smallDisk(t, 'size=64k');
  const client = new FilesClient(t);
  writeFileSync(join(disk, 'first'), '');
  await client.outcome('remove', { paths: [join(disk, 'first')], forever: false });
  assert.throws(() => writeFileSync(join(disk, 'file'), Buffer.alloc(100_000)));
  const outcome = await client.outcome('remove', { paths: [join(disk, 'file')], forever: false });
  assert.equal(outcome.failed[0]?.error, 'file.no-space');
  const bin = join(disk, `.Trash-${process.getuid?.()}`);
  assert.deepEqual([readdirSync(join(bin, 'files')), readdirSync(join(bin, 'info'))], [['first'], ['first.trashinfo']]);
  assert.ok(readdirSync(disk).includes('file'));
});
