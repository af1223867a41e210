import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Call, FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';

const code = (expected: string) => ({ code: expected });
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Resolves once there are no more entries than that. */
async function left(folder: string, entries: number): Promise<void> {
  while (readdirSync(folder).length > entries) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('a whole file arrives with its time and the rights of any new file, below folders that are made on the way', async (t) => {
  const folder = temporaryFolder(t);
  const content = randomBytes(700_000);
  const ask = { folder, name: 'a/b/ü\n.bin', size: content.byteLength, modified: 1e12, conflict: 'fail' } as const;
  const client = new FilesClient(t);
  const path = join(folder, ask.name);
  const state = await client.take({ ...ask, sha256: hashOf(content) }, content);
  assert.deepEqual(state, { offset: content.byteLength, state: 'done', path });
  assert.ok(readFileSync(path).equals(content));
  const { mtimeMs, mode } = statSync(path);
  assert.deepEqual([mtimeMs, mode & 0o777], [1e12, 0o666 & ~process.umask()]);
  assert.deepEqual([readdirSync(join(folder, 'a/b')), existsSync(join(client.data, 'uploads'))], [['ü\n.bin'], true]);
  assert.deepEqual(readdirSync(join(client.data, 'uploads')), []);
});

test('many at once to one folder all arrive, and one note is enough for them', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const names = Array.from({ length: 40 }, (_, at) => `file ${at}`);
  const take = (name: string) =>
    client.take({ folder, name, size: 6, conflict: 'replace' }, Buffer.from(name.slice(-6)));
  await client.take({ folder, name: 'first', size: 0, conflict: 'replace' }, Buffer.of());
  await Promise.all(names.map((name) => take(name.padStart(6, '0'))));
  assert.equal(readdirSync(folder).length, 41);
  assert.equal(readdirSync(join(client.data, 'scratch')).length, 1);
  await left(join(client.data, 'scratch'), 0);
});

test('a name that is taken is dealt with by the rule', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const content = Buffer.from('hello');
  const ask = { folder, name: 'a.txt', size: 5, sha256: hashOf(content) };
  const take = (conflict: 'fail' | 'skip' | 'replace' | 'rename' | 'same') =>
    client.take({ ...ask, conflict }, content);
  assert.equal((await take('fail')).state, 'done');
  await assert.rejects(take('fail'), code('file.exists'));
  assert.equal((await take('skip')).state, 'skipped');
  assert.equal((await take('same')).state, 'skipped');
  assert.equal((await take('replace')).path, join(folder, 'a.txt'));
  assert.equal((await take('rename')).path, join(folder, 'a (2).txt'));
  assert.deepEqual(readdirSync(folder).sort(), ['a (2).txt', 'a.txt']);
});

for (const [how, end] of [
  ['breaks off', (call: Call) => call.close()],
  ['ends too early', (call: Call) => call.end()],
  ['is more than was announced', (call: Call) => void call.send(Buffer.alloc(7))],
  ['is not what was sent', (call: Call) => void call.send(Buffer.alloc(6)).then(() => call.end())],
] as const) {
  test(`a whole file that ${how} leaves nothing`, async (t) => {
    const folder = temporaryFolder(t);
    const client = new FilesClient(t);
    const ask = { folder, name: 'file', size: 10, conflict: 'fail', sha256: hashOf(Buffer.of()) } as const;
    const call = client.call('take', ask);
    await call.send(Buffer.alloc(4));
    assert.equal(readdirSync(folder).length, 1);
    end(call);
    await assert.rejects(call.done);
    await left(folder, 0);
  });
}

test('what was coming when the agent was killed is gone with its next start, and nothing else is', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const kept = randomBytes(16).toString('base64url');
  await client.ask('begin', { folder, name: 'kept', size: 10, conflict: 'fail', id: kept });
  for (const name of ['one', 'two']) {
    const call = client.call('take', { folder, name, size: 10, conflict: 'fail' });
    t.after(() => call.close());
    await call.send(Buffer.alloc(4));
  }
  assert.equal(readdirSync(folder).length, 3);
  const again = new FilesClient(t, { data: client.data });
  await left(folder, 1);
  assert.deepEqual(await again.ask('upload', { id: kept, folder }), { offset: 0, state: 'receiving' });
});

test('a folder that was moved away, or for which a link was put, is looked for again', async (t) => {
  const [folder, elsewhere] = [temporaryFolder(t), temporaryFolder(t)];
  const client = new FilesClient(t, { roots: [folder] });
  const take = (name: string) => client.take({ folder, name, size: 1, conflict: 'fail' }, Buffer.of(1));
  await take('in/one');
  renameSync(join(folder, 'in'), join(folder, 'moved'));
  assert.equal((await take('in/two')).path, join(folder, 'in/two'));
  rmSync(join(folder, 'in'), { recursive: true });
  await take('in/three');
  renameSync(join(folder, 'in'), join(elsewhere, 'out'));
  symlinkSync(join(elsewhere, 'out'), join(folder, 'in'));
  await assert.rejects(take('in/four'));
  const held = [join(folder, 'moved'), join(elsewhere, 'out')].map((each) => readdirSync(each));
  assert.deepEqual(held, [['one'], ['three']]);
});

test('nothing is kept open once nobody uploads to a folder any more', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  mkdirSync(join(folder, 'in'));
  await client.take({ folder, name: 'in/one', size: 1, conflict: 'fail' }, Buffer.of(1));
  const isHeld = () =>
    readdirSync('/proc/self/fd').some((fd) => {
      const path = `/proc/self/fd/${fd}`;
      return existsSync(path) && statSync(path).ino === statSync(join(folder, 'in')).ino;
    });
  assert.ok(isHeld());
  while (isHeld()) await new Promise((resolve) => setTimeout(resolve, 20));
});
