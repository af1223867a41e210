import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { UploadState } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { smallDisk } from '../../../testing/smallDisk.ts';

const code = (expected: string) => ({ code: expected });
const id = () => randomBytes(16).toString('base64url');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a file arrives whole, with its time, below folders that are made on the way', async (t) => {
  const folder = temporaryFolder(t);
  const content = randomBytes(700_000);
  const ask = {
    id: id(),
    folder,
    name: 'a/b/ü\n.bin',
    size: content.byteLength,
    modified: 1e12,
    conflict: 'fail',
  } as const;
  const client = new FilesClient(t);
  const state = await client.upload(ask, content, hashOf(content));
  const path = join(folder, 'a/b/ü\n.bin');
  assert.deepEqual(state, { offset: content.byteLength, state: 'done', path });
  assert.ok(readFileSync(path).equals(content));
  assert.deepEqual([statSync(path).mtimeMs, readdirSync(join(folder, 'a/b')).length], [1e12, 1]);
  assert.equal(statSync(path).mode & 0o777, 0o666 & ~process.umask());
  assert.deepEqual(await client.ask('upload', { id: ask.id, folder }), state, 'the result can be asked for again');
});

test('an empty file is there as soon as it was begun', async (t) => {
  const folder = temporaryFolder(t);
  const state = await new FilesClient(t).upload(
    { id: id(), folder, name: 'empty', size: 0, conflict: 'fail' },
    Buffer.of(),
  );
  assert.deepEqual([state.state, readdirSync(folder)], ['done', ['empty']]);
});

for (const offset of [0, 1, 350_000, 699_999, 700_000]) {
  test(`an upload that broke off at ${offset} of 700000 bytes goes on there, even in another run of the agent`, async (t) => {
    const folder = temporaryFolder(t);
    const content = randomBytes(700_000);
    const ask = {
      id: id(),
      folder,
      name: 'file',
      size: content.byteLength,
      sha256: hashOf(content),
      conflict: 'fail',
    } as const;
    const client = new FilesClient(t);
    assert.deepEqual(await client.ask('begin', ask), { offset: 0, state: 'receiving' });
    const call = client.call('write', { id: ask.id, folder, offset: 0 });
    await call.send(content.subarray(0, offset));
    call.close();
    await assert.rejects(call.done, code('channel.closed'));
    const again = new FilesClient(t, { data: client.data });
    const state = await stateOf(again, { id: ask.id, folder });
    assert.equal(state.offset, offset);
    assert.ok(!readdirSync(folder).includes('file'));
    await assert.rejects(again.write({ id: ask.id, folder, offset: offset + 1 }, Buffer.of()), code('upload.offset'));
    const done = await again.write({ id: ask.id, folder, offset }, content.subarray(offset));
    assert.equal(done.state, 'done');
    assert.ok(readFileSync(join(folder, 'file')).equals(content));
    assert.deepEqual(readdirSync(folder), ['file']);
  });
}

test('what was written down of an upload is forgotten some time after it was done', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const records = () => readdirSync(join(client.data, 'uploads')).length;
  const done = { id: id(), folder, name: 'done', size: 4, conflict: 'fail' } as const;
  await client.upload(done, Buffer.from('done'));
  await client.ask('begin', { id: id(), folder, name: 'begun', size: 4, conflict: 'fail' });
  assert.equal(records(), 2);
  t.mock.timers.tick(60_000);
  await t.waitFor(() => assert.equal(records(), 1));
  assert.equal((await stateOf(client, { id: done.id, folder })).state, 'done');
});

async function stateOf(client: FilesClient, ask: { id: string; folder: string }): Promise<UploadState> {
  return await client.ask('upload', ask);
}

test('going on in the same run hashes what came before, without its being sent again', async (t) => {
  const folder = temporaryFolder(t);
  const content = randomBytes(600_000);
  const ask = {
    id: id(),
    folder,
    name: 'file',
    size: content.byteLength,
    sha256: hashOf(content),
    conflict: 'fail',
  } as const;
  const client = new FilesClient(t);
  await client.ask('begin', ask);
  for (let at = 0; at < content.byteLength; at += 200_000) {
    await client.write({ id: ask.id, folder, offset: at }, content.subarray(at, at + 200_000));
  }
  assert.ok(readFileSync(join(folder, 'file')).equals(content));
});

test('what arrived wrong is thrown away, whether the hash came first or last', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const ask = { folder, name: 'file', size: 5, conflict: 'fail' } as const;
  const wrong = hashOf(Buffer.from('other'));
  await assert.rejects(
    client.upload({ ...ask, id: id(), sha256: wrong }, Buffer.from('hello')),
    code('upload.wrong-hash'),
  );
  await assert.rejects(client.upload({ ...ask, id: id() }, Buffer.from('hello'), wrong), code('upload.wrong-hash'));
  assert.deepEqual([readdirSync(folder), readdirSync(join(client.data, 'uploads'))], [[], []]);
});

test('a name that is taken is dealt with by the rule', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'old!!');
  chmodSync(path, 0o640);
  const content = Buffer.from('hello');
  const put = (conflict: 'fail' | 'skip' | 'replace' | 'rename' | 'same') =>
    client.upload({ id: id(), folder, name: 'a.txt', size: 5, conflict, sha256: hashOf(content) }, content);
  await assert.rejects(put('fail'), code('file.exists'));
  assert.equal((await put('skip')).state, 'skipped');
  assert.equal((await put('rename')).path, join(folder, 'a (2).txt'));
  assert.equal((await put('same')).path, join(folder, 'a (3).txt'));
  assert.equal(readFileSync(path, 'utf8'), 'old!!');
  assert.equal((await put('replace')).state, 'done');
  assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode & 0o777], ['hello', 0o640]);
  assert.equal((await put('same')).state, 'skipped');
  assert.deepEqual(readdirSync(folder).sort(), ['a (2).txt', 'a (3).txt', 'a.txt']);
});

test('nothing takes the place of a folder, and a link is replaced rather than followed', async (t) => {
  const [folder, elsewhere] = [temporaryFolder(t), temporaryFolder(t)];
  mkdirSync(join(folder, 'dir'));
  writeFileSync(join(elsewhere, 'target'), 'untouched');
  symlinkSync(join(elsewhere, 'target'), join(folder, 'link'));
  const client = new FilesClient(t);
  const ask = { folder, size: 1, conflict: 'replace' } as const;
  await assert.rejects(client.upload({ ...ask, id: id(), name: 'dir' }, Buffer.of(1)), code('file.exists'));
  await client.upload({ ...ask, id: id(), name: 'link' }, Buffer.of(1));
  assert.equal(readFileSync(join(elsewhere, 'target'), 'utf8'), 'untouched');
  assert.deepEqual([...readFileSync(join(folder, 'link'))], [1]);
});

test('two uploads to one name at once: with fail one wins, with keep both there are two', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const race = (conflict: 'fail' | 'rename', name: string) =>
    Promise.allSettled(
      [1, 2].map((byte) => client.upload({ id: id(), folder, name, size: 1, conflict }, Buffer.of(byte))),
    );
  const strict = await race('fail', 'one');
  assert.deepEqual(strict.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const both = await race('rename', 'two');
  assert.ok(both.every(({ status }) => status === 'fulfilled'));
  assert.deepEqual(readdirSync(folder).sort(), ['one', 'two', 'two (2)']);
});

test('one upload takes one writer at a time, and more than was announced is refused', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const ask = { id: id(), folder, name: 'file', size: 10, conflict: 'fail' } as const;
  await client.ask('begin', ask);
  const call = client.call('write', { id: ask.id, folder, offset: 0 });
  await call.send(Buffer.alloc(4));
  await assert.rejects(client.write({ id: ask.id, folder, offset: 4 }, Buffer.alloc(6)), code('upload.busy'));
  assert.deepEqual(await stateOf(client, { id: ask.id, folder }), { offset: 4, state: 'receiving' });
  await call.send(Buffer.alloc(7));
  await assert.rejects(call.done, code('message.invalid'));
  assert.equal((await stateOf(client, { id: ask.id, folder })).offset, 4);
});

test('who broke off may go on at once, though the write before is still being wound up', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const ask = { id: id(), folder, name: 'file', size: 10, conflict: 'fail' } as const;
  await client.ask('begin', ask);
  const call = client.call('write', { id: ask.id, folder, offset: 0 });
  await call.send(Buffer.alloc(4));
  call.close();
  assert.equal((await client.write({ id: ask.id, folder, offset: 4 }, Buffer.alloc(6))).state, 'done');
});

test('a cancelled upload leaves nothing, and cancelling twice is no error', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const ask = { id: id(), folder, name: 'file', size: 10, conflict: 'fail' } as const;
  await client.ask('begin', ask);
  await client.write({ id: ask.id, folder, offset: 0 }, Buffer.alloc(4));
  for (let at = 0; at < 2; at++) await client.ask('cancel', { id: ask.id, folder });
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(stateOf(client, { id: ask.id, folder }), code('upload.unknown'));
});

test('names that no file can have change nothing', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const names = {
    '../out': 'file.name-invalid',
    'a/../../out': 'file.name-invalid',
    'a//b': 'file.name-invalid',
    '/': 'file.name-invalid',
    'a\0': 'file.name-invalid',
  };
  for (const [name, expected] of Object.entries(names)) {
    await assert.rejects(
      client.upload({ id: id(), folder, name, size: 1, conflict: 'fail' }, Buffer.of(1)),
      code(expected),
      name,
    );
  }
  const long = client.upload({ id: id(), folder, name: 'ü'.repeat(200), size: 1, conflict: 'fail' }, Buffer.of(1));
  await assert.rejects(long, code('file.name-too-long'));
  assert.deepEqual(readdirSync(folder), []);
});

test('on a full drive the old file stays, and the upload goes on when there is room again', async (t) => {
  const folder = smallDisk(t);
  const client = new FilesClient(t);
  writeFileSync(join(folder, 'file'), 'old');
  writeFileSync(join(folder, 'filler'), Buffer.alloc(1_000_000));
  const content = randomBytes(1_500_000);
  const ask = {
    id: id(),
    folder,
    name: 'file',
    size: content.byteLength,
    sha256: hashOf(content),
    conflict: 'replace',
  } as const;
  await assert.rejects(client.upload(ask, content), code('file.no-space'));
  assert.equal(readFileSync(join(folder, 'file'), 'utf8'), 'old');
  const { offset } = await stateOf(client, { id: ask.id, folder });
  assert.ok(offset > 0 && offset < content.byteLength);
  rmSync(join(folder, 'filler'));
  await client.write({ id: ask.id, folder, offset }, content.subarray(offset));
  assert.ok(readFileSync(join(folder, 'file')).equals(content));
  assert.deepEqual(readdirSync(folder), ['file']);
});

test('a drive without room for anything is left as it was', async (t) => {
  const folder = smallDisk(t, 'size=64k,nr_inodes=3');
  writeFileSync(join(folder, 'one'), Buffer.alloc(1_000));
  const client = new FilesClient(t);
  writeFileSync(join(folder, 'two'), '');
  const ask = { folder, name: 'new', size: 100_000, conflict: 'fail' } as const;
  await assert.rejects(client.upload({ ...ask, id: id() }, Buffer.alloc(100_000)), code('file.no-space'));
  rmSync(join(folder, 'two'));
  writeFileSync(join(folder, 'one'), Buffer.alloc(65_536));
  await assert.rejects(client.upload({ ...ask, id: id() }, Buffer.alloc(100_000)), code('file.no-space'));
  assert.deepEqual([readdirSync(folder), readdirSync(join(client.data, 'uploads'))], [['one'], []]);
});

test('leftovers of another day go when their folder is written to again, and nothing else does', async (t) => {
  const folder = temporaryFolder(t);
  const [old, fresh, foreign] = [`.porthole-${id()}.part`, `.porthole-${id()}.part`, '.porthole-notes'];
  for (const name of [old, fresh, foreign]) writeFileSync(join(folder, name), 'x');
  const copied = `.porthole-${id()}.part`;
  mkdirSync(join(folder, copied, 'inside'), { recursive: true });
  utimesSync(join(folder, copied), 1, 1);
  for (const name of [old, foreign]) utimesSync(join(folder, name), 1, 1);
  await new FilesClient(t).upload({ id: id(), folder, name: 'new', size: 0, conflict: 'fail' }, Buffer.of());
  assert.deepEqual(readdirSync(folder).sort(), [fresh, foreign, 'new'].sort());
});

test('an upload whose file took its name just before the agent was killed is known to be done', async (t) => {
  for (const conflict of ['fail', 'replace', 'rename'] as const) {
    const folder = temporaryFolder(t);
    const client = new FilesClient(t);
    const ask = { id: id(), folder, name: 'file', size: 4, conflict } as const;
    if (conflict !== 'fail') writeFileSync(join(folder, 'file'), 'old');
    await client.ask('begin', ask);
    const { path } = await client.write({ id: ask.id, folder, offset: 0 }, Buffer.from('done'));
    const again = new FilesClient(t, { data: client.data });
    const done = { offset: 4, state: 'done', path };
    assert.deepEqual(await stateOf(again, { id: ask.id, folder }), done);
    assert.deepEqual(await new FilesClient(t, { data: client.data }).ask('begin', ask), done);
    // Killed a moment earlier, it has both of its names still.
    linkSync(String(path), join(folder, `.porthole-${ask.id}.part`));
    assert.deepEqual(await new FilesClient(t, { data: client.data }).ask('begin', ask), done);
    assert.deepEqual(readdirSync(folder), conflict === 'rename' ? ['file', 'file (2)'] : ['file']);
  }
});

test('an upload of which only one half was made when the agent was killed begins anew, or goes', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const asks = ['a', 'b', 'c'].map((name) => ({ id: id(), folder, name, size: 4, conflict: 'fail' }) as const);
  const [noRecord, noPart, nobodyAsks] = asks;
  assert.ok(noRecord && noPart && nobodyAsks);
  for (const ask of asks) await client.ask('begin', ask);
  const recordOf = (ask: { id: string }) => join(client.data, 'uploads', `${ask.id}.json`);
  const partOf = (ask: { id: string }) => join(folder, `.porthole-${ask.id}.part`);
  rmSync(recordOf(noRecord));
  for (const ask of [noPart, nobodyAsks]) {
    const record = JSON.parse(readFileSync(recordOf(ask), 'utf8'));
    writeFileSync(recordOf(ask), JSON.stringify({ ...record, inode: '' }));
  }
  rmSync(partOf(noPart));
  const again = new FilesClient(t, { data: client.data });
  for (const ask of [noRecord, noPart])
    assert.equal((await again.upload(ask, Buffer.from(`it ${ask.name}`))).state, 'done');
  await assert.rejects(stateOf(again, { id: nobodyAsks.id, folder }), code('upload.unknown'));
  assert.deepEqual(readdirSync(folder), ['a', 'b']);
});
