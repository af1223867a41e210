import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, type TestContext, test } from 'node:test';
import type { FilePage, TreeEntry } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../testing/filesClient.ts';
import { smallDisk } from '../../testing/smallDisk.ts';

const id = () => randomBytes(16).toString('base64url');
/** A refusal that takes longer hangs: not a figure, but the difference between a check and a wait for somebody else. */
const AT_ONCE = { timeout: 10_000 };

/** What of the temporary folders is open in this process. */
function stillOpen(): string[] {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      // The descriptor by which the list was made.
      return '';
    }
  });
  return links.filter((link) => /\/porthole-\w+/.test(link));
}

afterEach(() => assert.deepEqual(stillOpen(), [], 'what was refused holds nothing open'));

/** What every entry below is: its kind, size, and times of content and state. */
function shapeOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    const { mode, size, ino, mtimeMs } = lstatSync(path);
    return [`${path} ${[mode, size, ino, mtimeMs].join(' ')}`, ...(entry.isDirectory() ? shapeOf(path) : [])];
  });
}

/** The codes by which every way to change a file at `folder`/`name` is refused. */
async function changes(client: FilesClient, folder: string, name: string): Promise<Record<string, string>> {
  const path = join(folder, name);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const failed = async (operation: 'remove' | 'copy' | 'move', ask: Parameters<FilesClient['outcome']>[1]) =>
    (await client.outcome(operation, ask)).failed[0]?.error ?? 'done';
  const save = async (etag?: string) => {
    const call = client.call('save', { path, size: 1, ...(etag !== undefined && { etag }) });
    await call.send(Buffer.of(1));
    call.end();
    await call.done;
  };
  const source = join(folder, 'source');
  const upload = { id: id(), folder, name, size: 1, conflict: 'replace' } as const;
  return {
    save: await codeOf(save('etag')),
    upload: await codeOf(client.upload(upload, Buffer.of(1))),
    makeFolder: await codeOf(client.ask('makeFolder', { folder, name })),
    rename: await codeOf(client.ask('rename', { path: source, name })),
    copy: await failed('copy', { paths: [path], folder: join(folder, 'to'), conflict: 'fail' }),
  };
}

/** A folder with a file `source` and a folder `to`. */
function makeFolder(t: TestContext, where = temporaryFolder(t)): string {
  writeFileSync(join(where, 'source'), 'source');
  mkdirSync(join(where, 'to'));
  return where;
}

test(
  'pipes, sockets and devices are refused at once, whatever is asked of them, and stay as they are',
  AT_ONCE,
  async (t) => {
    const folder = makeFolder(t);
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    execFileSync('mknod', [join(folder, 'null'), 'c', '1', '3']);
    execFileSync('mknod', [join(folder, 'disk'), 'b', '7', '99']);
    const server = createServer().listen(join(folder, 'socket'));
    t.after(() => server.close());
    symlinkSync('fifo', join(folder, 'link'));
    const before = shapeOf(folder);
    const client = new FilesClient(t);
    for (const name of ['fifo', 'null', 'disk', 'socket']) {
      for (const operation of ['read', 'hash'] as const) {
        await assert.rejects(client.ask(operation, { path: join(folder, name) }), { code: 'file.not-regular' }, name);
      }
      const thumbnail = client.ask('thumbnail', { path: join(folder, name), size: 64 });
      await assert.rejects(thumbnail, { code: 'file.not-regular' }, name);
      await assert.rejects(client.ask('list', { path: join(folder, name) }), { code: 'file.not-folder' }, name);
      assert.deepEqual(
        await changes(client, folder, name),
        {
          save: 'file.changed',
          upload: 'file.not-regular',
          makeFolder: 'file.exists',
          rename: 'file.exists',
          copy: 'file.not-regular',
        },
        name,
      );
      const copy = { paths: [join(folder, 'to')], folder, conflict: 'replace' as const };
      assert.equal((await client.outcome('copy', copy)).failed.length, 0, 'a folder beside is copied as ever');
      rmSync(join(folder, 'to (2)'), { recursive: true });
    }
    await assert.rejects(client.ask('read', { path: join(folder, 'link') }), { code: 'file.not-regular' });
    assert.deepEqual(shapeOf(folder), before);
  },
);

test('a pipe takes no part in an archive, and is removed with what it is in', AT_ONCE, async (t) => {
  const folder = makeFolder(t);
  execFileSync('mkfifo', [join(folder, 'to/fifo')]);
  const client = new FilesClient(t);
  const zip = join(folder, 'a.zip');
  writeFileSync(zip, await client.bytes('archive', { paths: [join(folder, 'to')] }));
  const manifest = execFileSync('unzip', ['-p', zip, 'porthole-manifest.txt'], { encoding: 'utf8' });
  assert.match(manifest, /"to\/fifo": not an ordinary file/);
  const outcome = await client.outcome('remove', { paths: [join(folder, 'to')], forever: true });
  assert.deepEqual(outcome, { done: 1, failed: [] });
});

for (const [what, name, expected] of [
  ['too long', 'ü'.repeat(128), 'file.name-too-long'],
  ['no text', 'a\ud800', 'file.name-invalid'],
] as const) {
  test(`a name that is ${what} is refused by its code, and nothing is changed`, async (t) => {
    const folder = makeFolder(t);
    const before = shapeOf(folder);
    const client = new FilesClient(t);
    const { copy: _, ...codes } = await changes(client, folder, name);
    assert.deepEqual(codes, { save: expected, upload: expected, makeFolder: expected, rename: expected });
    assert.deepEqual(shapeOf(folder), before);
  });
}

test('names that mean another place are no names', async (t) => {
  const folder = makeFolder(t);
  const before = shapeOf(folder);
  const client = new FilesClient(t);
  for (const name of ['', '.', '..', 'a/b', '/', 'a\0', 'x'.repeat(256)]) {
    await assert.rejects(client.ask('makeFolder', { folder, name }), { code: 'request.invalid' }, name);
    await assert.rejects(client.ask('rename', { path: join(folder, 'source'), name }), { code: 'request.invalid' });
  }
  assert.deepEqual(shapeOf(folder), before);
});

test('on a drive that can only be read every change says so, and reading goes on', async (t) => {
  const disk = makeFolder(t, smallDisk(t));
  writeFileSync(join(disk, 'file'), 'x');
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const before = shapeOf(disk);
  const client = new FilesClient(t);
  const code = 'file.read-only';
  const { save, ...codes } = await changes(client, disk, 'new');
  assert.deepEqual(codes, { upload: code, makeFolder: code, rename: code, copy: 'file.missing' });
  assert.equal(save, 'file.changed');
  await assert.rejects(client.ask('setMode', { path: join(disk, 'file'), mode: 0o600 }), { code });
  for (const forever of [true, false]) {
    const { failed } = await client.outcome('remove', { paths: [join(disk, 'file'), join(disk, 'to')], forever });
    assert.deepEqual(
      failed.map(({ error }) => error),
      forever ? [code, code] : ['feature.unsupported', 'feature.unsupported'],
    );
  }
  for (const operation of ['copy', 'move'] as const) {
    const ask = { paths: [join(disk, 'file')], folder: join(disk, 'to'), conflict: 'replace' as const };
    assert.equal((await client.outcome(operation, ask)).failed[0]?.error, code, operation);
  }
  assert.equal((await client.bytes('read', { path: join(disk, 'file') })).toString(), 'x');
  assert.deepEqual(shapeOf(disk), before);
});

test('a drive that becomes read-only between two pieces of an upload keeps what came, for when it can be written to again', async (t) => {
  const disk = smallDisk(t);
  const client = new FilesClient(t);
  const ask = { id: id(), folder: disk, name: 'file', size: 8, conflict: 'fail' } as const;
  await client.ask('begin', ask);
  await client.write({ id: ask.id, folder: disk, offset: 0 }, Buffer.from('half'));
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const more = client.write({ id: ask.id, folder: disk, offset: 4 }, Buffer.from('more'));
  await assert.rejects(more, { code: 'file.read-only' });
  execFileSync('mount', ['-o', 'remount,rw', disk]);
  assert.equal((await client.write({ id: ask.id, folder: disk, offset: 4 }, Buffer.from('more'))).state, 'done');
  assert.deepEqual(readdirSync(disk), ['file']);
});

test('what is in use as a drive is busy: it is neither renamed, moved nor removed', async (t) => {
  const folder = makeFolder(t);
  mkdirSync(join(folder, 'drive'));
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(folder, 'drive')]);
  try {
    const client = new FilesClient(t);
    const path = join(folder, 'drive');
    await assert.rejects(client.ask('rename', { path, name: 'other' }), { code: 'file.busy' });
    const removed = await client.outcome('remove', { paths: [path], forever: true });
    const moved = await client.outcome('move', { paths: [path], folder: join(folder, 'to'), conflict: 'fail' });
    assert.deepEqual([removed.failed[0]?.error, moved.failed[0]?.error], ['file.busy', 'file.busy']);
    assert.deepEqual([readdirSync(folder).sort(), readdirSync(join(folder, 'to'))], [['drive', 'source', 'to'], []]);
  } finally {
    execFileSync('umount', [join(folder, 'drive')]);
  }
});

test('what vanishes while it is worked with is missing, and the agent goes on', async (t) => {
  const folder = makeFolder(t);
  mkdirSync(join(folder, 'gone'));
  const client = new FilesClient(t);
  for (let at = 0; at < 300; at++) writeFileSync(join(folder, 'gone', String(at)), '');
  const page = await client.ask<FilePage, 'list'>('list', { path: join(folder, 'gone'), limit: 100 });
  const ask = { id: id(), folder: join(folder, 'gone'), name: 'file', size: 8, conflict: 'fail' } as const;
  await client.ask('begin', ask);
  const call = client.call('write', { id: ask.id, folder: ask.folder, offset: 0 });
  await call.send(Buffer.from('half'));
  rmSync(join(folder, 'gone'), { recursive: true });
  await call.send(Buffer.from('more'));
  call.end();
  await assert.rejects(call.done, { code: 'file.missing' });
  const next = { path: join(folder, 'gone'), ...(page.next !== undefined && { after: page.next }) };
  await assert.rejects(client.ask('list', next), { code: 'file.missing' });
  await assert.rejects(client.ask('stat', { path: join(folder, 'gone/1') }), { code: 'file.missing' });
  await client.ask('cancel', { id: ask.id, folder: ask.folder });
  assert.deepEqual(readdirSync(folder).sort(), ['source', 'to']);
});

/** Goes on as a user who may do next to nothing, until the test is over or what this answers is called. */
function becomeNobody(t: TestContext): () => void {
  process.setegid?.(65_534);
  process.seteuid?.(65_534);
  const becomeRoot = () => {
    process.seteuid?.(0);
    process.setegid?.(0);
  };
  t.after(becomeRoot);
  return becomeRoot;
}

test('what the system denies is denied: each entry for itself, and nothing is changed', async (t) => {
  const [folder, data] = [makeFolder(t), temporaryFolder(t)];
  writeFileSync(join(folder, 'to/public'), 'public');
  writeFileSync(join(folder, 'to/secret'), 'secret', { mode: 0o600 });
  mkdirSync(join(folder, 'to/closed'), { mode: 0o700 });
  chmodSync(folder, 0o755);
  chmodSync(data, 0o777);
  const before = shapeOf(folder);
  const client = new FilesClient(t, { data });
  const becomeRoot = becomeNobody(t);
  const code = 'file.denied';
  for (const operation of ['read', 'hash'] as const) {
    await assert.rejects(client.ask(operation, { path: join(folder, 'to/secret') }), { code });
  }
  await assert.rejects(client.ask('list', { path: join(folder, 'to/closed') }), { code });
  const { entries } = await client.ask<FilePage, 'list'>('list', { path: join(folder, 'to') });
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['closed', 'public', 'secret'],
  );
  assert.deepEqual(await changes(client, folder, 'new'), {
    save: 'file.changed',
    upload: code,
    makeFolder: code,
    rename: code,
    copy: 'file.missing',
  });
  const removed = await client.outcome('remove', { paths: [join(folder, 'to')], forever: true });
  assert.deepEqual(new Set(removed.failed.map(({ error }) => error)), new Set([code]));
  const tree = client.call('tree', { paths: [join(folder, 'to')] });
  await tree.done;
  assert.equal((tree.items as TreeEntry[]).find(({ error }) => error !== undefined)?.name, 'to/closed');
  const archive = join(data, 'a.zip');
  writeFileSync(archive, await client.bytes('archive', { paths: [join(folder, 'to')] }));
  const unpacked = (name: string) => execFileSync('unzip', ['-p', archive, name], { encoding: 'utf8' });
  assert.equal(unpacked('to/public'), 'public');
  assert.match(unpacked('porthole-manifest.txt'), /"to\/closed": file.denied\n"to\/secret": file.denied/);
  becomeRoot();
  assert.deepEqual(shapeOf(folder), before);
});
