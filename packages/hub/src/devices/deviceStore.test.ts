import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ALL_ON, parseToken } from '@porthole/protocol';
import { openDatabase } from '../base/db/database.ts';
import { deviceIdOf } from '../base/identity.ts';
import type { Cleanup } from '../testing/temporaryFolder.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { ArrangementStore } from './arrangementStore.ts';
import { UNARRANGED } from './deviceRows.ts';
import { DeviceStore } from './deviceStore.ts';
import { Tokens } from './tokens.ts';

const HUB_KEY = 'h'.repeat(43);
const FACTS = {
  name: 'desk',
  description: { hostname: 'desk.lan', system: 'Debian 12', architecture: 'x64', version: '0.1.0' },
  toggles: { ...ALL_ON, thumbnail: false },
};
/** What else a device has that was just enrolled. */
const FRESH = { ...FACTS, ...UNARRANGED, facts: null, stats: null, thumbnail: null };
const SCREEN = { picture: 'light', maxFps: 5, maxKBps: 250, shrink: 2 } as const;
const SAMPLE = { at: 5, cpu: 0.25, memory: { used: 1, total: 2 } };

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function setUp(t: Cleanup) {
  const { db, audit, dataDir } = testDatabase(t);
  const clock = { now: 1000 };
  const now = () => clock.now;
  const tokens = new Tokens({ db, audit, hubKey: HUB_KEY, now });
  const store = new DeviceStore(db, audit, now);
  const secretFor = (uses = 1) => parseToken(tokens.create({ ttlMs: 60_000, uses, createdBy: 'ada' }).token).secret;
  const enrol = (publicKey = newKey()) => store.enrol({ ...FACTS, publicKey, secret: secretFor() });
  const arranged = new ArrangementStore(db, audit);
  return { db, audit, dataDir, clock, tokens, store, arranged, secretFor, enrol };
}

test('a token introduces one device, and the device is there after a restart', (t) => {
  const { store, secretFor, dataDir, audit } = setUp(t);
  const publicKey = newKey();
  const secret = secretFor();
  const record = store.enrol({ ...FACTS, publicKey, secret });
  const id = deviceIdOf(publicKey);
  assert.deepEqual(record, { ...FRESH, id, publicKey, lastSeen: 1000, createdAt: 1000 });
  assert.throws(() => store.enrol({ ...FACTS, publicKey: newKey(), secret }), { code: 'token.used' });
  const again = openDatabase(dataDir);
  t.after(() => again.close());
  assert.deepEqual(new DeviceStore(again, audit).list(), [record]);
});

test('a token of several uses introduces that many', (t) => {
  const { store, secretFor } = setUp(t);
  const secret = secretFor(2);
  store.enrol({ ...FACTS, publicKey: newKey(), secret });
  store.enrol({ ...FACTS, publicKey: newKey(), secret });
  assert.throws(() => store.enrol({ ...FACTS, publicKey: newKey(), secret }), { code: 'token.used' });
  assert.equal(store.list().length, 2);
});

test('an unknown and an expired token are refused, and nothing is stored', (t) => {
  const { store, secretFor, clock, audit } = setUp(t);
  assert.throws(() => store.enrol({ ...FACTS, publicKey: newKey(), secret: newKey() }), { code: 'token.invalid' });
  const secret = secretFor();
  clock.now += 60_000;
  assert.throws(() => store.enrol({ ...FACTS, publicKey: newKey(), secret }), { code: 'token.expired' });
  assert.deepEqual(store.list(), []);
  assert.deepEqual(
    audit.read().map((row) => row.action),
    ['token.create'],
  );
});

test('the secret of a token is nowhere in the database, and old tokens go', (t) => {
  const { db, tokens, secretFor, clock } = setUp(t);
  const secret = secretFor();
  assert.ok(!JSON.stringify(db.all(db.sql.selectFrom('tokens').selectAll())).includes(secret));
  clock.now += 8 * 86_400_000;
  tokens.create({ ttlMs: 1, uses: 1, createdBy: 'ada' });
  assert.equal(db.all(db.sql.selectFrom('tokens').select('id')).length, 1);
});

test('a device that is known keeps its name when it is enrolled again', (t) => {
  const { store, arranged, enrol } = setUp(t);
  const { id, publicKey } = enrol();
  arranged.rename(id, 'kitchen');
  assert.equal(enrol(publicKey).name, 'kitchen');
  assert.equal(store.list().length, 1);
});

test('a removed device is gone, is known as removed, and starts afresh with a new token', (t) => {
  const { store, arranged, enrol, clock } = setUp(t);
  const { id, publicKey } = enrol();
  arranged.rename(id, 'kitchen');
  arranged.setScreenSettings(id, SCREEN);
  store.saveThumbnail(id, { version: 'v', width: 2, height: 1, at: 3, jpeg: new Uint8Array([1]) });
  assert.equal(store.remove(id, 'ada'), true);
  assert.equal(store.get(id), undefined);
  assert.deepEqual(store.list(), []);
  assert.equal(store.thumbnailOf(id), undefined);
  assert.equal(store.wasRemoved(id), true);
  assert.equal(store.remove(id), false);
  assert.equal(arranged.rename(id, 'x'), false);
  assert.equal(arranged.setScreenSettings(id, SCREEN), false);
  store.saveState([{ id, lastSeen: 9 }]);
  store.saveThumbnail(id, { version: 'v', width: 2, height: 1, at: 3, jpeg: new Uint8Array([1]) });
  clock.now = 5000;
  assert.deepEqual({ ...enrol(publicKey) }, { ...FRESH, id, publicKey, lastSeen: 5000, createdAt: 5000 });
  assert.equal(store.wasRemoved(id), false);
});

test('what changed is stored and the rest stays; devices that are gone are passed over', (t) => {
  const { store, enrol } = setUp(t);
  const [one, other] = [enrol(), enrol()];
  const toggles = { ...FACTS.toggles, screen: false };
  store.saveState([
    { id: one.id, stats: SAMPLE, lastSeen: 2000.4 },
    { id: other.id, toggles },
    { id: 'gone', lastSeen: 1 },
  ]);
  store.saveState([{ id: one.id }]);
  assert.deepEqual(store.get(one.id), { ...one, stats: SAMPLE, lastSeen: 2000 });
  assert.deepEqual(store.get(other.id), { ...other, toggles });
});

test('what viewers have by default is stored, logged with who set it, and another device has its own', (t) => {
  const { store, arranged, enrol, audit } = setUp(t);
  const [one, other] = [enrol(), enrol()];
  assert.equal(arranged.setScreenSettings(one.id, SCREEN, 'bob'), true);
  assert.deepEqual(store.get(one.id), { ...one, screenSettings: SCREEN });
  assert.deepEqual(store.get(other.id), other);
  const { actor, action, target, detail } = audit.read().at(-1) ?? {};
  assert.deepEqual([actor, action, target], ['bob', 'device.screen-settings', one.id]);
  assert.deepEqual(JSON.parse(detail ?? ''), SCREEN);
});

test('the last picture replaces the one before', (t) => {
  const { store, enrol } = setUp(t);
  const { id } = enrol();
  store.saveThumbnail(id, { version: 'a', width: 2, height: 1, at: 3, jpeg: new Uint8Array([1, 2]) });
  store.saveThumbnail(id, { version: 'b', width: 4, height: 3, at: 5, jpeg: new Uint8Array([3]) });
  assert.deepEqual(store.get(id)?.thumbnail, { version: 'b', width: 4, height: 3, at: 5 });
  const stored = store.thumbnailOf(id);
  assert.deepEqual([stored?.version, [...(stored?.jpeg ?? [])]], ['b', [3]]);
});

test('names that a device gives itself are cleaned, and there is always one', (t) => {
  const { store, secretFor } = setUp(t);
  const nameFor = (name: string | undefined, hostname: string) =>
    store.enrol({
      ...FACTS,
      name,
      description: { ...FACTS.description, hostname },
      publicKey: newKey(),
      secret: secretFor(),
    }).name;
  assert.equal(nameFor('  my\u202e\ndesk ', 'h'), 'my desk');
  assert.equal(nameFor('\u200b', 'host'), 'host');
  assert.equal(nameFor('x'.repeat(100), 'h').length, 64);
  assert.equal(nameFor(`${'x'.repeat(63)}😀`, 'h'), 'x'.repeat(63));
  assert.match(nameFor(undefined, ''), /^device [a-z2-7]{6}$/);
});

test('what an older version stored is still read', (t) => {
  const { db, store, enrol } = setUp(t);
  const { id } = enrol();
  const old = {
    toggles: '{"screen":false}',
    stats: '{"other":1}',
    description: '{"hostname":7}',
    screenSettings: '{"maxFps":0}',
  };
  db.run(db.sql.updateTable('devices').set(old).where('id', '=', id));
  const record = store.get(id);
  assert.equal(record?.toggles.screen, false);
  assert.equal(record?.toggles.input, true);
  assert.equal(record?.stats, null);
  assert.equal(record?.description.hostname, '');
  assert.equal(record?.screenSettings, null);
});

test('enrolling, renaming and removing are logged with who did it', (t) => {
  const { store, arranged, enrol, audit } = setUp(t);
  const { id } = enrol();
  arranged.rename(id, 'kitchen', 'bob');
  store.remove(id, 'bob');
  assert.deepEqual(
    audit.read().map((row) => [row.actor, row.action]),
    [
      ['ada', 'token.create'],
      ['ada', 'device.enrol'],
      ['bob', 'device.rename'],
      ['bob', 'device.remove'],
    ],
  );
});
