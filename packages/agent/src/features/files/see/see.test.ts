import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type FileEntry,
  type FileHead,
  type FilePage,
  type FileProperties,
  filePage,
  fileProperties,
  foundEntries,
  MAX_PATH,
  type Places,
  places,
  windowOf,
} from '@porthole/protocol';
import { openPrivateFolder } from '../../../base/privateFile.ts';
import { deepFolder } from '../../../testing/deepFolder.ts';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';

const code = (expected: string) => ({ code: expected });

async function listAll(client: FilesClient, path: string, limit = 1_000): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  let after: string | undefined;
  do {
    const page: FilePage = filePage.parse(await client.ask('list', { path, limit, ...(after ? { after } : {}) }));
    entries.push(...page.entries);
    after = page.next;
  } while (after !== undefined);
  return entries;
}

test('a folder is listed with folders first, then as people count, and every odd thing in it', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['b10', 'B2', 'a\nb', 'é', '‮evil', 'x'.repeat(255)]) writeFileSync(join(folder, name), 'hello');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.of(0xff, 0x80)]), '');
  mkdirSync(join(folder, 'zz'));
  symlinkSync('zz', join(folder, 'in'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('loop', join(folder, 'loop'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  const server = createServer().listen(join(folder, 'socket'));
  t.after(() => server.close());
  const entries = await listAll(new FilesClient(t), folder);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  assert.equal(entries[0]?.name, 'zz');
  assert.ok(entries.findIndex(({ name }) => name === 'B2') < entries.findIndex(({ name }) => name === 'b10'));
  assert.ok(byName.has('bad\uefff\uef80'), 'bytes that are no text are escaped');
  assert.deepEqual(
    ['in', 'dangling', 'loop', 'fifo', 'socket'].map((name) => [byName.get(name)?.kind, byName.get(name)?.target]),
    [
      ['link', 'directory'],
      ['link', 'missing'],
      ['link', 'missing'],
      ['other', undefined],
      ['other', undefined],
    ],
  );
  assert.deepEqual([byName.get('b10')?.size, byName.get('b10')?.owner], [5, 'root']);
  assert.equal(entries.length, 13);
});

test('what hub and agent keep for themselves is never shown, by whatever path', async (t) => {
  const folder = temporaryFolder(t);
  const secret = join(folder, 'data');
  openPrivateFolder(secret);
  writeFileSync(join(secret, 'key'), 'secret');
  mkdirSync(join(secret, 'below'));
  symlinkSync(secret, join(folder, 'link'));
  const client = new FilesClient(t);
  for (const path of [secret, join(folder, 'link'), join(secret, 'below')]) {
    await assert.rejects(client.ask('list', { path }), code('file.denied'));
  }
  for (const path of [join(secret, 'key'), join(folder, 'link', 'key')]) {
    await assert.rejects(client.bytes('read', { path }), code('file.denied'));
    await assert.rejects(client.ask('stat', { path }), code('file.denied'));
    await assert.rejects(client.ask('rename', { path, name: 'mine' }), code('file.denied'));
  }
  const archive = await client.bytes('archive', { paths: [folder] });
  assert.equal(archive.includes('data/key'), false);
  const search = client.call('search', { path: folder, name: 'key' });
  await search.done;
  assert.deepEqual(search.items.flat(), []);
});

test('a page says where the next one begins, and all pages together are the folder, though it changes meanwhile', async (t) => {
  const folder = temporaryFolder(t);
  for (let at = 0; at < 2_500; at++) writeFileSync(join(folder, `file ${at}`), '');
  const client = new FilesClient(t);
  const first = await client.ask<FilePage>('list', { path: folder, limit: 1_000 });
  assert.equal(first.total, 2_500);
  assert.equal(first.entries.at(-1)?.name, 'file 999');
  writeFileSync(join(folder, 'file 10.5'), '');
  const rest = await client.ask<FilePage>('list', { path: folder, limit: 1_000, after: first.next ?? '' });
  assert.equal(rest.entries[0]?.name, 'file 1000');
  const names = (await listAll(client, folder, 700)).map(({ name }) => name);
  assert.deepEqual([names.length, new Set(names).size], [2_501, 2_501]);
});

test('a page of the longest names there are still fits into one message', async (t) => {
  const folder = temporaryFolder(t);
  for (let at = 0; at < 1_200; at++) writeFileSync(join(folder, `${'\x01'.repeat(250)}${at}`), '');
  assert.equal((await listAll(new FilesClient(t), folder, 10_000)).length, 1_200);
});

test('a file is read whole, from any place, and not at all when it is another than expected', async (t) => {
  const folder = temporaryFolder(t);
  const content = randomBytes(1_000_000);
  const path = join(folder, 'bad\uefff');
  const client = new FilesClient(t);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.of(0xff)]), content);
  const call = client.call('read', { path });
  await call.done;
  assert.ok(call.content.equals(content));
  const { etag = '' } = call.items[0] as FileHead;
  for (const [offset, length] of [
    [0, 0],
    [1, 1],
    [500_000, 300_000],
    [999_999, 5],
    [1_000_000, 5],
  ] as const) {
    const part = await client.bytes('read', { path, offset, length, etag });
    assert.ok(part.equals(content.subarray(offset, offset + length)));
  }
  await assert.rejects(client.ask('read', { path, offset: 1_000_001 }), code('file.range'));
  await assert.rejects(client.ask('read', { path, etag: 'other' }), code('file.changed'));
  const hashed = await client.ask<{ sha256: string }>('hash', { path });
  assert.equal(hashed.sha256, createHash('sha256').update(content).digest('hex'));
});

for (const [what, change] of [
  ['grows', (path: string) => appendFileSync(path, 'more')],
  ['shrinks', (path: string) => truncateSync(path, 2_000_000)],
  [
    'is written to in place',
    (path: string) =>
      execFileSync('dd', [
        'if=/dev/urandom',
        `of=${path}`,
        'bs=1k',
        'count=1',
        'seek=900',
        'conv=notrunc',
        'status=none',
      ]),
  ],
  [
    'is replaced',
    (path: string) => {
      writeFileSync(`${path}.new`, 'new');
      renameSync(`${path}.new`, path);
    },
  ],
] as const) {
  test(`a file that ${what} while it is read ends with an error, never with a mixture`, async (t) => {
    const path = join(temporaryFolder(t), 'file');
    writeFileSync(path, randomBytes(3_000_000));
    const call = new FilesClient(t).call('read', { path }, { credit: false });
    while (call.received < 900_000) await call.heard();
    change(path);
    call.grant(10_000_000);
    await assert.rejects(call.done, code('file.changed'));
    assert.ok(call.content.byteLength < 3_000_000);
  });
}

test('a log is followed until it is cut', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  writeFileSync(path, 'one\n');
  const call = new FilesClient(t).call('read', { path, follow: true });
  while (call.content.byteLength < 4) await call.heard();
  appendFileSync(path, 'two\n');
  while (call.content.byteLength < 8) await call.heard();
  assert.equal(call.content.toString(), 'one\ntwo\n');
  truncateSync(path, 0);
  await assert.rejects(call.done, code('file.changed'));
});

test('what waits for credit stops at the window, and a closed channel ends it', async (t) => {
  const path = join(temporaryFolder(t), 'file');
  writeFileSync(path, '');
  truncateSync(path, 2 ** 40);
  const call = new FilesClient(t).call('read', { path }, { credit: false });
  while (call.received < 900_000) await call.heard();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(call.received <= windowOf('files'));
  call.close();
  await assert.rejects(call.done, code('channel.closed'));
});

test('pipes, sockets, devices and folders are no files to read, and are refused without being opened', async (t) => {
  const folder = temporaryFolder(t);
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  execFileSync('mknod', [join(folder, 'zero'), 'c', '1', '5']);
  symlinkSync('fifo', join(folder, 'link'));
  const client = new FilesClient(t);
  for (const name of ['fifo', 'zero', 'link', '.']) {
    await assert.rejects(client.ask('read', { path: join(folder, name) }), code('file.not-regular'), name);
    await assert.rejects(client.ask('hash', { path: join(folder, name) }), code('file.not-regular'), name);
  }
});

test('the views of the kernel are closed: processes, devices, and what leads there', async (t) => {
  const folder = temporaryFolder(t);
  symlinkSync('/proc/self/environ', join(folder, 'environ'));
  const client = new FilesClient(t);
  for (const path of ['/proc', '/proc/self', '/sys', '/dev', '/sys/kernel', '/proc/self/task']) {
    await assert.rejects(client.ask('list', { path }), code('file.denied'), path);
  }
  for (const path of ['/proc/self/environ', '/proc/kcore', '/dev/vda', '/dev/zero', join(folder, 'environ')]) {
    await assert.rejects(client.ask('read', { path }), (error: { code: string }) => error.code !== 'internal', path);
  }
});

test('properties tell of a link itself, of names, holes and rights', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'sparse'), '');
  truncateSync(join(folder, 'sparse'), 2 ** 40);
  chmodSync(join(folder, 'sparse'), 0o4640);
  symlinkSync('sparse', join(folder, 'link'));
  execFileSync('ln', [join(folder, 'sparse'), join(folder, 'second')]);
  const client = new FilesClient(t);
  const sparse = fileProperties.parse(await client.ask('stat', { path: join(folder, 'sparse') }));
  assert.deepEqual([sparse.size, sparse.allocated, sparse.names, sparse.mode], [2 ** 40, 0, 2, 0o4640]);
  const link = await client.ask<FileProperties>('stat', { path: join(folder, 'link') });
  assert.deepEqual([link.kind, link.linkText, link.target], ['link', 'sparse', 'file']);
  assert.equal((await client.ask<FileProperties>('stat', { path: '/' })).kind, 'directory');
});

test('places name the home folder and the drives', async (t) => {
  const found: Places = places.parse(await new FilesClient(t).ask('places', {}));
  assert.ok(found.folders.some(({ kind }) => kind === 'home'));
  assert.ok(found.drives.some(({ path, total, free }) => path === '/' && total > free));
  const folder = temporaryFolder(t);
  const limited = await new FilesClient(t, { roots: [folder], readOnly: true }).ask<Places>('places', {});
  assert.deepEqual([limited.writable, limited.folders.map(({ path }) => path), limited.drives], [false, [folder], []]);
});

test('a search finds names in any case below a folder, through no link, and stops when it is enough', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a/b/.hidden'), { recursive: true });
  for (const path of ['a/Report 1.txt', 'a/b/report 2.TXT', 'a/b/.hidden/report 3.txt', 'other']) {
    writeFileSync(join(folder, path), '');
  }
  symlinkSync('..', join(folder, 'a/up'));
  const client = new FilesClient(t);
  const found = async (name: string, more = {}) => {
    const call = client.call('search', { path: folder, name, ...more });
    const result = await call.done;
    const names = (call.items as FileEntry[][]).flat().map((entry) => entry.name);
    return [names.sort(), (result as { truncated: boolean }).truncated];
  };
  assert.deepEqual(await found('REPORT'), [['Report 1.txt', 'report 2.TXT'], false]);
  assert.deepEqual(await found('*.txt', { hidden: true }), [['Report 1.txt', 'report 2.TXT', 'report 3.txt'], false]);
  assert.deepEqual(await found('rep*?.t?t', { limit: 1 }).then(([, cut]) => cut), true);
  assert.deepEqual(await found(`${'*a'.repeat(60)}b`), [[], false]);
});

test('a search goes on past what is too deep to be told of', async (t) => {
  const name = 'x'.repeat(200);
  const folder = deepFolder(t, name, 300);
  for (const at of ['0', '1', '2']) writeFileSync(join(folder, `x ${at}`), '');
  const call = new FilesClient(t).call('search', { path: folder, name: 'x' });
  assert.deepEqual(await call.done, { truncated: false });
  const paths = call.items.flatMap((item) => foundEntries.parse(item).map(({ path }) => path));
  const levels = Math.floor((MAX_PATH - folder.length) / (name.length + 1));
  assert.equal(paths.length, levels + 3);
});

test('a watched folder tells of changes, together when they come together', async (t) => {
  const folder = temporaryFolder(t);
  const call = new FilesClient(t).call('watch', { path: folder });
  await call.heard();
  for (let at = 0; at < 50; at++) writeFileSync(join(folder, String(at)), '');
  await call.heard();
  assert.ok(call.items.length < 5);
  call.close();
});

test('a watch ends when its path leads to another folder or to none, and tells of the same one by another way', async (t) => {
  const base = temporaryFolder(t);
  const [folder, aside] = [join(base, 'above/folder'), join(base, 'aside')];
  const client = new FilesClient(t);
  const ways: Record<string, () => void> = {
    removed: () => rmdirSync(folder),
    moved: () => renameSync(folder, aside),
    'made anew': () => {
      rmdirSync(folder);
      mkdirSync(folder);
    },
    'a link to another': () => {
      renameSync(folder, aside);
      symlinkSync(base, folder);
    },
    // Of this the system tells nothing at all.
    'moved with what is above': () => renameSync(join(folder, '..'), aside),
  };
  for (const [way, happens] of Object.entries(ways)) {
    mkdirSync(folder, { recursive: true });
    const call = client.call('watch', { path: folder });
    await call.heard();
    happens();
    await assert.rejects(call.done, { code: 'file.missing' }, way);
    for (const path of [join(base, 'above'), aside]) rmSync(path, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  const call = client.call('watch', { path: folder });
  await call.heard();
  renameSync(folder, aside);
  symlinkSync(aside, folder);
  await call.heard();
  writeFileSync(join(folder, 'file'), '');
  await call.heard();
  assert.ok(call.items.length >= 3);
  call.close();
});
