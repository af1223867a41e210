import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transfer } from '@porthole/protocol';
import { pino } from 'pino';
import type { Subject } from '../../../base/access.ts';
import type { DeviceChannel } from '../../../testing/fileDevice.ts';
import { DEVICE, fileHub, OTHER } from '../../../testing/fileHub.ts';
import { FileAccess } from '../fileAccess.ts';
import { FileAudit } from '../fileAudit.ts';
import { TransferRows } from './transferRows.ts';
import { Transfers } from './transfers.ts';

const CONTENT = Buffer.alloc(1000, 1);
const FILE = { name: 'a.bin', kind: 'file', size: CONTENT.byteLength, modified: 0, path: '/from/a.bin' };

/** A device with one file. */
async function serveSource(channel: DeviceChannel): Promise<void> {
  if (channel.operation === 'tree') await channel.item(FILE);
  if (channel.operation === 'hash') return await channel.done({ sha256: '0'.repeat(64), size: FILE.size });
  if (channel.operation === 'read') {
    await channel.item({ size: FILE.size, modified: 0, etag: 'v1' });
    await channel.bytes(CONTENT);
  }
  await channel.done({});
}

/** Copies between two devices of the test's own. */
async function copies(t: TestContext) {
  const hub = await fileHub(t);
  const { audit, closing, db, directory, users } = hub;
  const access = closing.add(new FileAccess(directory, { onEnded: () => () => undefined }));
  const services = { rows: new TransferRows(db), access, audit: new FileAudit(audit), users, directory };
  const transfers = closing.add(new Transfers({ ...services, log: pino({ level: 'silent' }) }));
  hub.device.serve = serveSource;
  const user = (name: string): Subject => {
    const row = {
      id: `id of ${name}`,
      username: name,
      nameKey: name,
      role: 'operator',
      password: '',
      createdAt: 0,
    } as const;
    if (!users.find(name)) db.run(db.sql.insertInto('users').values(row));
    return { sessionId: name, userId: row.id, username: name, role: row.role };
  };
  const begin = (subject: Subject) => {
    const wish = { from: { device: DEVICE, paths: ['/from'] }, to: { device: OTHER, folder: '/to' } };
    return transfers.create(subject, { ...wish, conflict: 'fail' });
  };
  const look = (subject: Subject, id: string) => transfers.list(subject).find((transfer) => transfer.id === id);
  const settled = async (subject: Subject, id: string): Promise<Transfer | undefined> => {
    for (let tries = 0; look(subject, id)?.state === 'running' && tries < 500; tries++) await sleep(10);
    return look(subject, id);
  };
  return { hub, transfers, user, begin, look, settled };
}

test('nothing is left of a copy that failed once it is taken off the list', async (t) => {
  const { hub, transfers, user, begin, settled } = await copies(t);
  const parts = new Set<unknown>();
  hub.other.serve = async (channel) => {
    if (channel.operation === 'write') throw new Error('file.no-space');
    if (channel.operation === 'begin') parts.add(channel.ask?.id);
    if (channel.operation === 'cancel') parts.delete(channel.ask?.id);
    await channel.done(channel.operation === 'begin' ? { offset: 0, state: 'receiving' } : {});
  };
  const ada = user('ada');
  const { id } = begin(ada);
  const { state, error } = (await settled(ada, id)) ?? {};
  assert.deepEqual([state, error, parts.size], ['failed', 'file.no-space', 1]);
  transfers.remove(ada, id);
  for (let tries = 0; parts.size > 0 && tries < 200; tries++) await sleep(10);
  assert.equal(parts.size, 0);
});

test('four copies of one user leave room for those of others', async (t) => {
  const { hub, user, begin, settled } = await copies(t);
  const [ada, bob] = [user('ada'), user('bob')];
  // Nothing of the first user's copies ever moves.
  hub.device.serve = async (channel) => {
    if (channel.user === 'bob') await serveSource(channel);
  };
  hub.other.serve = (channel) => channel.done({ offset: FILE.size, state: 'done' });
  for (let n = 0; n < 6; n++) begin(ada);
  const { id } = begin(bob);
  assert.equal((await settled(bob, id))?.state, 'done');
  assert.equal(new Set(hub.device.channels.map(({ user: name }) => name)).size, 2);
  assert.equal(
    hub.device.channels.filter(({ operation, user: name }) => operation === 'tree' && name === 'ada').length,
    8,
  );
});

test('a copy that has to wait for a reason that the hub cannot see is not tried again at once', async (t) => {
  const { hub, user, begin, look } = await copies(t);
  let asked = 0;
  hub.device.serve = async () => {
    asked++;
    throw new Error('channel.limit');
  };
  const ada = user('ada');
  const { id } = begin(ada);
  await sleep(200);
  const { state, error } = look(ada, id) ?? {};
  // The walk and the measuring of one attempt.
  assert.deepEqual([state, error, asked], ['running', 'channel.limit', 2]);
});
