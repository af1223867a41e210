import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ALL_ON, DEFAULT_SCREEN_SETTINGS, DEFAULT_SENDING_SETTINGS, EMPTY_PROFILE } from '@porthole/protocol';
import { Audit } from './audit/audit.ts';
import { Sessions } from './auth/sessions.ts';
import { type Database, openDatabase } from './base/db/database.ts';
import { StorageError } from './base/db/storageError.ts';
import { writePrivateFile } from './base/privateFile.ts';
import { DeviceStore } from './devices/deviceStore.ts';
import { DeviceDirectory } from './devices/directory.ts';
import { Tokens } from './devices/tokens.ts';
import { logLines } from './testing/logLines.ts';
import { smallDisk } from './testing/smallDisk.ts';
import { type Cleanup, closingAfter } from './testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from './testing/testHub.ts';
import { Users } from './users/users.ts';

const TOGGLES = ALL_ON;
const DESCRIPTION = { hostname: 'box', system: 'Linux', architecture: 'x64', version: '1' };
const SAMPLE = { at: 1000, cpu: 0.5, memory: { used: 1, total: 4 } };

/** Returns the id. */
function enrol(db: Database, name: string): string {
  const audit = new Audit(db);
  const { token } = new Tokens({ db, audit, hubKey: 'k'.repeat(43) }).create({
    ttlMs: 1e5,
    uses: 1,
    createdBy: 'test',
  });
  const secret = token.split('.')[1] ?? '';
  const device = { publicKey: 'A'.repeat(43), secret, name, description: DESCRIPTION, toggles: TOGGLES };
  return new DeviceStore(db, audit).enrol(device).id;
}

/** A directory of one device on a small disk. */
function openDirectory(t: Cleanup) {
  const disk = smallDisk(t);
  const { log, lines } = logLines();
  const closing = closingAfter(t);
  const db = closing.add(openDatabase(disk.folder, log));
  const id = enrol(db, 'desk');
  const store = new DeviceStore(db, new Audit(db));
  return { disk, db, id, lines, closing, store, directory: closing.add(new DeviceDirectory(store)) };
}

test('what devices report while the disk is full is kept, said once, and written when there is room', (t) => {
  const { disk, id, lines, store, directory } = openDirectory(t);
  const jpeg = Buffer.alloc(20_000, 7);
  disk.fill();
  for (const cpu of [0.1, 0.2, 0.3]) {
    directory.sampled(id, { ...SAMPLE, cpu });
    directory.pictured(id, { width: 4, height: 2, jpeg });
    directory.report(id, { toggles: { ...TOGGLES, screen: false } });
    directory.flush();
  }
  assert.equal(store.get(id)?.toggles.screen, true);
  assert.equal(directory.get(id).toggles.screen, false);
  assert.deepEqual(
    lines.map((line) => line.msg),
    ['the database cannot be used; changes are refused until it can'],
  );
  disk.free();
  directory.flush();
  const stored = store.get(id);
  assert.equal(stored?.toggles.screen, false);
  assert.equal(stored?.stats?.cpu, 0.3);
  assert.deepEqual(store.thumbnailOf(id)?.jpeg.byteLength, jpeg.byteLength);
});

test('a directory that closes on a full disk does not stand in the way', (t) => {
  const { disk, id, directory } = openDirectory(t);
  disk.fill();
  directory.sampled(id, SAMPLE);
  assert.doesNotThrow(() => directory.close());
});

test('a session that could not be stored, or taken back, is as before', async (t) => {
  const disk = smallDisk(t);
  const closing = closingAfter(t);
  const db = closing.add(openDatabase(disk.folder));
  const user = await new Users(db, new Audit(db)).add({
    username: 'ada',
    role: 'admin',
    password: 'ten letters',
    actor: 't',
  });
  const sessions = closing.add(new Sessions(db));
  const { secret, subject } = sessions.create(user);
  const ended: string[] = [];
  sessions.onEnded((id) => ended.push(id));
  disk.fill();
  assert.throws(() => sessions.create(user), StorageError);
  assert.throws(() => sessions.end(subject.sessionId), StorageError);
  assert.deepEqual(sessions.resolve(`__Host-porthole=${secret}`), subject);
  assert.deepEqual(ended, []);
  disk.free();
  sessions.end(subject.sessionId);
  assert.deepEqual(ended, [subject.sessionId]);
});

test('a file that did not fit leaves the old one and no scraps', (t) => {
  const { folder, fill } = smallDisk(t);
  const path = join(folder, 'leaf.pem');
  writePrivateFile(path, 'old', 'replace');
  fill();
  assert.throws(() => writePrivateFile(path, 'new'.repeat(2000), 'replace'), { code: 'ENOSPC' });
  assert.deepEqual(readdirSync(folder), ['leaf.pem']);
});

/** What people change over HTTP; each is refused while the disk is full and works afterwards. */
function changes(id: string): { method: string; path: string; body?: unknown }[] {
  return [
    { method: 'PATCH', path: `/api/devices/${id}`, body: { name: 'renamed' } },
    { method: 'PUT', path: `/api/devices/${id}/settings/screen`, body: { ...DEFAULT_SCREEN_SETTINGS, maxFps: 5 } },
    { method: 'PUT', path: `/api/devices/${id}/profile`, body: { ...EMPTY_PROFILE, group: 'Lab' } },
    { method: 'POST', path: '/api/devices/profiles', body: { ids: [id], profile: { number: 7 } } },
    { method: 'PUT', path: `/api/devices/${id}/settings/sending`, body: { ...DEFAULT_SENDING_SETTINGS, recordMs: 0 } },
    { method: 'PUT', path: '/api/settings/sending', body: { ...DEFAULT_SENDING_SETTINGS, statsMs: 5_000 } },
    { method: 'PUT', path: `/api/devices/${id}/settings/layout`, body: { layout: 'x' } },
    { method: 'PUT', path: '/api/preferences/favourites', body: { value: [id] } },
    { method: 'PUT', path: '/api/preferences/defaults/order', body: { value: [id] } },
    { method: 'PUT', path: '/api/product', body: { title: 'Ours' } },
    { method: 'PUT', path: `/api/devices/${id}/toggles/screen`, body: { on: false } },
    { method: 'POST', path: '/api/enrolments', body: {} },
    { method: 'DELETE', path: `/api/devices/${id}` },
    { method: 'POST', path: '/api/session', body: { username: 'ada', password: 'password of ada' } },
    { method: 'DELETE', path: '/api/session' },
  ];
}

async function snapshot(hub: TestHub, cookie: string) {
  const paths = ['devices', 'session', 'preferences', 'product', 'settings/sending'];
  const answers = await Promise.all(paths.map((path) => hub.ask({ path: `/api/${path}`, headers: { cookie } })));
  const { audit, store, users } = hub.hub.services;
  return [...answers.map(({ text }) => text), store.list(), users.list(), audit.read()];
}

test('a hub whose disk is full refuses changes, changes nothing, lives, and goes on when there is room', async (t) => {
  const disk = smallDisk(t);
  const db = openDatabase(disk.folder);
  const id = enrol(db, 'desk');
  db.close();
  const { log, lines } = logLines();
  const hub = await startTestHub(t, { dataDir: disk.folder, log });
  const cookie = await hub.signIn();
  const before = await snapshot(hub, cookie);
  disk.fill();
  for (const change of changes(id)) {
    const answer = await hub.ask({ ...change, headers: { cookie } });
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [500, 'internal'], change.path);
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  assert.deepEqual(await snapshot(hub, cookie), before);
  assert.equal(lines.length, 1);
  disk.free();
  const statuses = [];
  for (const change of changes(id)) statuses.push((await hub.ask({ ...change, headers: { cookie } })).status);
  // The device is not online, so that it cannot be switched; the sign-in took the place of the session.
  assert.deepEqual(statuses, [...Array(10).fill(204), 409, 200, 204, 200, 401]);
  assert.equal(hub.hub.services.audit.verifyChain().ok, true);
});

test('the first admin is made with a session or not at all', async (t) => {
  const disk = smallDisk(t);
  const hub = await startTestHub(t, { dataDir: disk.folder });
  const body = { username: 'ada', password: 'ten letters', code: hub.hub.setupCode };
  disk.fill();
  assert.equal((await hub.ask({ method: 'POST', path: '/api/setup', body })).status, 500);
  assert.deepEqual(hub.hub.services.users.list(), []);
  disk.free();
  assert.equal((await hub.ask({ method: 'POST', path: '/api/setup', body })).status, 200);
});
