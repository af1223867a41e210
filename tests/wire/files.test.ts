import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { encodeFileMessage, type FilePage, type FileProperties, type Places } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';

const house = await House.start();
after(() => house.close());
const { id, agent } = await house.device('desk');
const api = await house.signIn('oli');
const folder = house.keep(new TempDir()).path;
const BIG = randomBytes(5_000_000);
const FILES = `/api/devices/${id}/files`;

function query(path: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({ path: join(folder, path), ...more }).toString();
}

/** The last line of an answer in lines. */
async function outcome(path: string, body: unknown): Promise<Record<string, unknown>> {
  const reply = await api.request('POST', `${FILES}/${path}`, { body });
  return JSON.parse(reply.body.toString('utf8').trim().split('\n').at(-1) ?? 'null');
}

test('the places of a device are what its user has, and a folder shows what is in it, page by page', async () => {
  const places = await api.get<Places>(`${FILES}/places`);
  assert.equal(places.writable, true);
  assert.ok(places.drives.length > 0);
  mkdirSync(join(folder, 'many'));
  for (let n = 0; n < 25; n++) writeFileSync(join(folder, 'many', `file ${n}\n\u202e.txt`), String(n));
  symlinkSync('/nowhere', join(folder, 'many', 'link'));
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await api.get<FilePage>(`${FILES}?${query('many', { limit: '10', ...(after && { after }) })}`);
    names.push(...page.entries.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  assert.equal(names.length, 26);
  assert.deepEqual(new Set(names).size, 26);
  assert.equal(names[2], 'file 2\n\u202e.txt');
});

test('a file is read whole, in parts, and from where it broke off', async () => {
  writeFileSync(join(folder, 'big.bin'), BIG);
  const url = `${FILES}/content?${query('big.bin')}`;
  const whole = await api.request('GET', url);
  assert.ok(whole.body.equals(BIG));
  const etag = String(whole.headers.etag);
  const half = await api.request('GET', url, { headers: { range: 'bytes=2500000-', 'if-range': etag } });
  assert.equal(half.status, 206);
  assert.ok(half.body.equals(BIG.subarray(2_500_000)));
  assert.equal((await api.request('GET', url, { headers: { 'if-none-match': etag } })).status, 304);
  const { etag: told } = await api.get<FileProperties>(`${FILES}/properties?${query('big.bin')}`);
  assert.equal(`"${told}"`, etag);
  writeFileSync(join(folder, 'big.bin'), 'changed');
  const later = await api.request('GET', url, { headers: { range: 'bytes=2-3', 'if-range': etag } });
  assert.deepEqual([later.status, later.body.toString()], [200, 'changed']);
});

test('what is no file, missing, or not a path is refused with a code', async () => {
  const code = async (path: string) =>
    (await api.request('GET', `${FILES}/content?${path}`)).json<{ code: string }>().code;
  assert.equal(await code(query('missing')), 'file.missing');
  assert.equal(await code(query('many')), 'file.not-regular');
  assert.equal(await code('path=/dev/zero'), 'file.denied');
  assert.equal(await code('path='), 'request.invalid');
  assert.equal(await code('path=relative'), 'request.invalid');
  assert.equal(await code('path=%00'), 'request.invalid');
});

test('folders are made, renamed, copied, moved and removed', async () => {
  const made = await api.post<FileProperties>(`${FILES}/folders`, { folder, name: 'new' });
  assert.equal(made.kind, 'directory');
  writeFileSync(join(folder, 'new', 'a.txt'), 'a');
  const renamed = await api.post<FileProperties>(`${FILES}/rename`, { path: join(folder, 'new'), name: 'newer' });
  assert.equal(renamed.path, join(folder, 'newer'));
  mkdirSync(join(folder, 'to'));
  const copy = { paths: [join(folder, 'newer')], folder: join(folder, 'to'), conflict: 'fail' };
  assert.ok('done' in (await outcome('copy', copy)));
  assert.equal(readFileSync(join(folder, 'to', 'newer', 'a.txt'), 'utf8'), 'a');
  const removed = await outcome('remove', { paths: [join(folder, 'newer')], forever: true });
  assert.deepEqual(removed.done, { done: 1, failed: [] });
  assert.ok(!readdirSync(folder).includes('newer'));
  const hash = await outcome('hash', { path: join(folder, 'to', 'newer', 'a.txt') });
  assert.deepEqual(hash.done, { sha256: createHash('sha256').update('a').digest('hex'), size: 1 });
});

test('text is saved only over what it was made from', async () => {
  const url = `${FILES}/content?${query('note.txt')}`;
  const put = async (text: string, headers: Record<string, string> = {}) =>
    await api.request('PUT', url, { body: Buffer.from(text), headers });
  const first = await put('one');
  assert.equal(first.status, 200);
  const etag = String(first.headers.etag);
  assert.equal((await put('other')).json<{ code: string }>().code, 'file.exists');
  assert.equal((await put('two', { 'if-match': etag })).status, 200);
  assert.equal((await put('three', { 'if-match': etag })).json<{ code: string }>().code, 'file.changed');
  assert.equal(readFileSync(join(folder, 'note.txt'), 'utf8'), 'two');
});

test('an agent that is killed in the middle of a download breaks it off', async () => {
  writeFileSync(join(folder, 'huge.bin'), Buffer.alloc(200_000_000));
  const response = await api.respond('GET', `${FILES}/content?${query('huge.bin')}`);
  assert.equal(response.statusCode, 200);
  agent.kill('SIGKILL');
  await assert.rejects(buffer(response), /aborted/);
  assert.equal((await api.request('GET', `${FILES}/places`)).json<{ code: string }>().code, 'device.offline');
  await agent.restart();
  await eventually(
    'it answers again',
    async () => (await api.request('GET', `${FILES}/places`)).status === 200,
    45_000,
  );
});

test('a portal hears that the folder it watches is another one by now', async () => {
  const path = join(folder, 'watched');
  mkdirSync(path);
  const portal = await house.portal('oli');
  const channel = await portal.open(id, 'files', { operation: 'watch' });
  channel.send(encodeFileMessage({ type: 'item', json: { path } }));
  await eventually('it is watched', () => channel.bytes > 0);
  rmdirSync(path);
  mkdirSync(path);
  assert.equal(await eventually('it ends', () => channel.closedBy), 'file.missing');
});

test('a viewer has no files, and a ticket opens nothing but a watch', async () => {
  const vic = await house.signIn('vic');
  assert.equal((await vic.request('GET', `${FILES}/places`)).status, 404);
  const portal = await house.portal('oli');
  const watch = { operation: 'watch' };
  assert.equal((await portal.open(id, 'files', watch)).isOpen, true);
  for (const operation of ['read', 'list', 'write', 'remove'])
    await assert.rejects(portal.open(id, 'files', { operation }), /feature\.unsupported/);
});
