import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Transfer } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';

const house = await House.start();
after(() => house.close());
const desk = await house.device('desk');
const lap = await house.device('lap');
const api = await house.signIn('oli');
const folder = house.keep(new TempDir()).path;
const BIG = randomBytes(60_000_000);

/** Fresh folders on either side; the first has a tree in it. */
function trees(name: string): { from: string; to: string } {
  const [from, to] = [join(folder, name), join(folder, `${name} copy`)];
  mkdirSync(join(from, 'empty', 'deeper'), { recursive: true });
  mkdirSync(to);
  writeFileSync(join(from, 'big.bin'), BIG);
  writeFileSync(join(from, 'empty.txt'), '');
  writeFileSync(join(from, 'ä\n\u202e.txt'), 'odd');
  utimesSync(join(from, 'empty.txt'), 1_600_000_000, 1_600_000_000);
  symlinkSync('/etc/passwd', join(from, 'link'));
  return { from, to };
}

function begin({ from, to }: { from: string; to: string }, conflict = 'fail'): Promise<Transfer> {
  const body = { from: { device: desk.id, paths: [from] }, to: { device: lap.id, folder: to }, conflict };
  return api.post<Transfer>('/api/transfers', body);
}

async function look(id: string): Promise<Transfer | undefined> {
  return (await api.get<{ transfers: Transfer[] }>('/api/transfers')).transfers.find((transfer) => transfer.id === id);
}

async function over(id: string, withinMs = 60_000): Promise<Transfer> {
  return await eventually(
    'the copy is over',
    async () => {
      const transfer = await look(id);
      return transfer && transfer.state !== 'running' ? transfer : undefined;
    },
    withinMs,
  );
}

async function canBeSeen(device: string): Promise<boolean> {
  return (await api.request('GET', `/api/devices/${device}/files/places`)).status === 200;
}

/** Waits until some of the big file is there. */
async function underWay(id: string): Promise<void> {
  await eventually('some of it has arrived', async () => {
    const bytes = (await look(id))?.bytes ?? 0;
    assert.ok(bytes < BIG.byteLength);
    return bytes > 1_000_000;
  });
}

function check({ from, to }: { from: string; to: string }): void {
  const name = from.slice(from.lastIndexOf('/') + 1);
  assert.ok(readFileSync(join(to, name, 'big.bin')).equals(BIG));
  assert.equal(readFileSync(join(to, name, 'ä\n\u202e.txt'), 'utf8'), 'odd');
  assert.equal(statSync(join(to, name, 'empty.txt')).mtimeMs, 1_600_000_000_000);
  assert.deepEqual(readdirSync(join(to, name, 'empty')), ['deeper']);
  assert.equal(existsSync(join(to, name, 'link')), false);
  assert.deepEqual(
    readdirSync(join(to, name)).filter((entry) => entry.includes('.part')),
    [],
  );
}

test('a tree comes over from one device to another, and what cannot is named', async () => {
  const paths = trees('plain');
  const { id } = await begin(paths);
  const { state, failed, bytes, entries } = await over(id);
  assert.equal(state, 'done');
  assert.deepEqual(failed, [{ path: join(paths.from, 'link'), error: 'file.not-regular' }]);
  assert.deepEqual([bytes, entries], [BIG.byteLength + 3, 6]);
  check(paths);
});

test('a file of a time that no other drive takes comes over as one of today', async (t) => {
  const to = join(folder, 'today');
  mkdirSync(to);
  // A drive in memory holds any time.
  const from = mkdtempSync('/dev/shm/porthole-');
  t.after(() => rmSync(from, { recursive: true }));
  writeFileSync(join(from, 'far'), 'off');
  utimesSync(join(from, 'far'), 0, 9e15);
  const begun = Date.now();
  const { id } = await begin({ from: join(from, 'far'), to });
  const { state, failed } = await over(id);
  assert.deepEqual([state, failed, readFileSync(join(to, 'far'), 'utf8')], ['done', [], 'off']);
  const { mtimeMs } = statSync(join(to, 'far'));
  assert.ok(mtimeMs > begun - 60_000 && mtimeMs < Date.now() + 60_000);
});

test('what is there already is treated as was wished', async () => {
  const paths = trees('twice');
  await over((await begin(paths)).id);
  const again = await over((await begin(paths)).id);
  assert.deepEqual(again.failed.map(({ error }) => error).sort(), [
    'file.exists',
    'file.exists',
    'file.exists',
    'file.not-regular',
  ]);
  const same = await over((await begin(paths, 'same')).id);
  assert.equal(same.failed.length, 1);
  check(paths);
});

test('a folder whose name a file has is named as what did not come, one that is there is not', async () => {
  const from = join(folder, 'folders');
  const to = join(folder, 'taken names');
  for (const name of ['taken', 'there', 'linked']) mkdirSync(join(from, name), { recursive: true });
  mkdirSync(join(to, 'folders', 'there'), { recursive: true });
  symlinkSync('there', join(to, 'folders', 'linked'));
  writeFileSync(join(to, 'folders', 'taken'), 'a file');
  const { failed } = await over((await begin({ from, to })).id);
  assert.deepEqual(failed, [{ path: join(from, 'taken'), error: 'file.exists' }]);
});

test('a copy that is paused stands still, and goes on when it is resumed', async () => {
  const paths = trees('paused');
  const { id } = await begin(paths);
  await underWay(id);
  assert.equal((await api.post<Transfer>(`/api/transfers/${id}/pause`, {})).state, 'paused');
  const before = (await look(id))?.bytes;
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await look(id))?.bytes, before);
  assert.equal((await api.post<Transfer>(`/api/transfers/${id}/resume`, {})).state, 'running');
  assert.equal((await over(id)).state, 'done');
  check(paths);
});

test('a copy outlives the death of the hub and of either device', async () => {
  const paths = trees('deaths');
  const { id } = await begin(paths);
  await underWay(id);
  lap.agent.kill('SIGKILL');
  await eventually('it waits', async () => (await look(id))?.error === 'device.offline');
  assert.equal((await look(id))?.state, 'running');
  await lap.agent.restart();
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  assert.equal((await over(id, 90_000)).state, 'done');
  check(paths);
});

test('a copy that keeps both brings nothing twice, though what it brought last is gone from the source meanwhile', async () => {
  const paths = trees('moving');
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(paths.from, name), name);
  const { id } = await begin(paths, 'rename');
  await underWay(id);
  await api.post<Transfer>(`/api/transfers/${id}/pause`, {});
  rmSync(join(paths.from, 'b.txt'));
  writeFileSync(join(paths.from, 'late.txt'), 'late');
  lap.agent.kill('SIGKILL');
  await lap.agent.restart();
  await api.post<Transfer>(`/api/transfers/${id}/resume`, {});
  assert.equal((await over(id)).state, 'done');
  const names = readdirSync(join(paths.to, 'moving')).sort();
  assert.deepEqual(names, ['a.txt', 'b.txt', 'big.bin', 'empty', 'empty.txt', 'late.txt', 'ä\n\u202e.txt']);
  check(paths);
});

test('nothing is left of the file that was under way when a copy is cancelled', async () => {
  const paths = trees('cancelled');
  const { id } = await begin(paths);
  await underWay(id);
  assert.equal((await api.request('DELETE', `/api/transfers/${id}`)).status, 204);
  assert.equal((await look(id))?.state, 'cancelled');
  const target = join(paths.to, 'cancelled');
  await eventually('it is taken back', () => readdirSync(target).every((name) => !/\.part$|big/.test(name)));
  assert.equal((await api.request('DELETE', `/api/transfers/${id}`)).status, 204);
  assert.equal(await look(id), undefined);
});

for (const isRestarted of [false, true]) {
  const name = isRestarted ? 'paused before a restart of the hub' : 'paused and given up';
  test(`nothing is left of a copy that is cancelled while it is ${name}`, async () => {
    const paths = trees(name);
    const { id } = await begin(paths);
    await underWay(id);
    await api.post<Transfer>(`/api/transfers/${id}/pause`, {});
    if (isRestarted) await house.hub.restart();
    await eventually('the target is there', () => canBeSeen(lap.id), 45_000);
    assert.equal((await api.request('DELETE', `/api/transfers/${id}`)).status, 204);
    assert.equal((await look(id))?.state, 'cancelled');
    const target = join(paths.to, name);
    await eventually('it is taken back', () => readdirSync(target).every((entry) => !entry.endsWith('.part')));
  });
}

test('only who may read here and write there can copy, and only the own copies are seen', async () => {
  const vic = await house.signIn('vic');
  const body = { from: { device: desk.id, paths: ['/etc'] }, to: { device: lap.id, folder }, conflict: 'fail' };
  assert.equal((await vic.request('POST', '/api/transfers', { body })).status, 404);
  assert.deepEqual(await vic.get('/api/transfers'), { transfers: [] });
  const [own] = (await api.get<{ transfers: Transfer[] }>('/api/transfers')).transfers;
  assert.equal((await vic.request('POST', `/api/transfers/${own?.id}/pause`, { body: {} })).status, 404);
  const nowhere = { ...body, to: { device: 'a'.repeat(26), folder } };
  assert.equal((await api.request('POST', '/api/transfers', { body: nowhere })).status, 404);
});
