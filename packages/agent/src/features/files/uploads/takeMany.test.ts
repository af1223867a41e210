import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BatchResult, BatchResults, UploadBatch } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { smallDisk } from '../../../testing/smallDisk.ts';

type File = Omit<UploadBatch['files'][number], 'size'> & { content: Uint8Array };

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const file = (name: string, content = name, conflict: File['conflict'] = 'fail'): File => ({
  name,
  content: Buffer.from(content),
  conflict,
});
const failed = (error: string): BatchResult => ({ state: 'failed', error });
const done: BatchResult = { state: 'done' };

/** Asks, and sends everything. */
function begin(client: FilesClient, folder: string, files: readonly File[]) {
  const asked = files.map(({ content, ...rest }) => ({ ...rest, size: content.byteLength }));
  const call = client.call('takeMany', { folder, files: asked });
  const send = async () => {
    await call.send(Buffer.concat(files.map(({ content }) => content)));
    call.end();
  };
  return { call, isSent: send() };
}

async function take(client: FilesClient, folder: string, files: readonly File[]): Promise<BatchResult[]> {
  const { call, isSent } = begin(client, folder, files);
  await isSent;
  return ((await call.done) as BatchResults).results;
}

test('every file of a batch arrives as it was, with its time and the rights of any new file', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const files = Array.from({ length: 60 }, (_, at) => ({
    ...file(`in ${at % 3}/ü\n ${at}`),
    content: randomBytes(at * 7),
    modified: 1e12 + at * 1000,
  }));
  assert.deepEqual(
    await take(client, folder, files),
    files.map(() => done),
  );
  for (const { name, content, modified } of files) {
    const path = join(folder, name);
    const { mtimeMs, mode, nlink } = statSync(path);
    assert.ok(readFileSync(path).equals(content));
    assert.deepEqual([mtimeMs, mode & 0o777, nlink], [modified, 0o666 & ~process.umask(), 1]);
  }
  assert.deepEqual(
    [0, 1, 2].map((at) => readdirSync(join(folder, `in ${at}`)).length),
    [20, 20, 20],
  );
});

test('any time that a Date holds can be given, in a batch as alone, and no other', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  for (const modified of [8.64e15, -8.64e15, 1.5]) {
    const taken = await take(client, folder, [{ ...file('batch', '', 'replace'), modified }]);
    assert.deepEqual(taken, [done], String(modified));
    const alone = { folder, name: 'alone', size: 0, modified, conflict: 'replace' } as const;
    assert.equal((await client.take(alone, Buffer.of())).state, 'done', String(modified));
  }
  for (const modified of [1e300, -8.65e15]) {
    const bad = { ...file('bad'), modified };
    await assert.rejects(take(client, folder, [file('good'), bad]), { code: 'request.invalid' });
    const alone = { folder, name: 'bad', size: 0, modified, conflict: 'fail' } as const;
    await assert.rejects(client.take(alone, Buffer.of()), { code: 'request.invalid' });
  }
  assert.deepEqual(readdirSync(folder).sort(), ['alone', 'batch']);
});

test('each file has a result of its own, by its own rule', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  for (const name of ['fail', 'skip', 'replace', 'rename', 'same'])
    writeFileSync(join(folder, name), 'old', { mode: 0o640 });
  mkdirSync(join(folder, 'a folder'));
  const results = await take(client, folder, [
    file('fail', 'new'),
    file('skip', 'new', 'skip'),
    file('replace', 'new', 'replace'),
    file('rename', 'new', 'rename'),
    { ...file('same', 'old', 'same'), sha256: hashOf(Buffer.from('old')) },
    file('a folder', 'new', 'replace'),
    file('../out', 'new'),
    file('fail/below a file', 'new'),
    file('free', 'new'),
    file('free', 'twice'),
  ]);
  assert.deepEqual(results, [
    failed('file.exists'),
    { state: 'skipped' },
    done,
    done,
    { state: 'skipped' },
    failed('file.exists'),
    failed('file.name-invalid'),
    failed('file.not-folder'),
    done,
    failed('file.exists'),
  ]);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  assert.deepEqual(['fail', 'skip', 'replace', 'rename', 'rename (2)', 'same', 'free'].map(read), [
    'old',
    'old',
    'new',
    'old',
    'new',
    'old',
    'new',
  ]);
  assert.equal(statSync(join(folder, 'replace')).mode & 0o777, 0o640);
  assert.equal(readdirSync(folder).length, 8);
});

test('a file that is not what was promised is told apart from the others', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const wrong = { ...file('wrong'), sha256: hashOf(Buffer.of()) };
  assert.deepEqual(await take(client, folder, [file('right'), wrong]), [done, failed('upload.wrong-hash')]);
  assert.deepEqual(readdirSync(folder), ['right']);
});

for (const [how, sent, isClosed] of [
  ['breaks off', 8, true],
  ['is too short', 8, false],
  ['is too long', 11, false],
] as const) {
  test(`nothing of a batch that ${how} is begun`, async (t) => {
    const folder = temporaryFolder(t);
    const client = new FilesClient(t);
    const files = ['one', 'two'].map((name) => ({ name, size: 5, conflict: 'fail' as const }));
    const call = client.call('takeMany', { folder, files });
    await call.send(Buffer.alloc(sent));
    if (isClosed) call.close();
    else call.end();
    await assert.rejects(call.done);
    assert.deepEqual(readdirSync(folder), []);
  });
}

test('no file of a batch leaves the roots, by way of a link or of its name', async (t) => {
  const [folder, outside] = [temporaryFolder(t), temporaryFolder(t)];
  symlinkSync(outside, join(folder, 'link'));
  symlinkSync(join(outside, 'made'), join(folder, 'dangling'));
  const client = new FilesClient(t, { roots: [folder] });
  const results = await take(client, folder, [
    file('link/file'),
    file('dangling'),
    file('dangling', 'new', 'replace'),
    file('x/../../file'),
  ]);
  assert.deepEqual(
    results.map(({ state }) => state),
    ['failed', 'failed', 'done', 'failed'],
  );
  assert.deepEqual([readdirSync(outside), readFileSync(join(folder, 'dangling'), 'utf8')], [[], 'new']);
});

test('a drive that is full loses the files that have no room, and nothing is left of them', async (t) => {
  const disk = smallDisk(t, 'size=64k');
  const client = new FilesClient(t);
  const results = await take(client, disk, [file('small'), file('large', 'x'.repeat(100_000)), file('also small')]);
  assert.deepEqual([results[0], results[1]], [done, failed('file.no-space')]);
  assert.ok(!existsSync(join(disk, 'large')));
  assert.ok(readdirSync(disk).every((name) => !name.startsWith('.')));
});

test('what is sent once more under its id is done, and is no stranger of the same name', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const [known, other] = [
    { ...file('known'), id: 'a'.repeat(20) },
    { ...file('known'), id: 'b'.repeat(20) },
  ];
  assert.deepEqual(await take(client, folder, [known]), [done]);
  assert.deepEqual(await take(client, folder, [known, other, file('new')]), [done, failed('file.exists'), done]);
  const elsewhere = temporaryFolder(t);
  assert.deepEqual(await take(client, elsewhere, [known]), [done]);
  assert.deepEqual(readdirSync(elsewhere), ['known']);
});

test('what is sent once more while the first try is still being written is done once', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const files = Array.from({ length: 200 }, (_, at) => ({
    ...file(`${at}`, 'x'.repeat(1000), at % 2 ? 'rename' : 'fail'),
    id: `${at}`.padStart(20, 'x'),
  }));
  for (const isBrokenOff of [false, true]) {
    const below = join(folder, `${isBrokenOff}`);
    mkdirSync(below);
    const first = begin(client, below, files);
    await first.isSent;
    if (isBrokenOff) first.call.close();
    const again = await take(client, below, files);
    assert.ok(
      again.every(({ state }) => state === 'done'),
      JSON.stringify(again.find(({ state }) => state !== 'done')),
    );
    assert.equal(readdirSync(below).length, files.length);
    await first.call.done.catch(() => undefined);
  }
});
