import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Audit } from '../audit/audit.ts';
import { openDatabase } from '../base/db/database.ts';
import type { Cleanup } from '../testing/temporaryFolder.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { Users } from '../users/users.ts';
import { COOKIE, readCookie, writeCookie } from './cookie.ts';
import { hasExpired, SESSION_LIFE, Sessions } from './sessions.ts';

const DAY = 86_400_000;

async function setUp(t: Cleanup) {
  const { db, audit, dataDir, closing } = testDatabase(t);
  const users = new Users(db, audit);
  const user = await users.add({ username: 'ada', role: 'operator', password: 'ten letters', actor: 'test' });
  const clock = { now: 1_000_000 };
  const sessions = closing.add(new Sessions(db, { now: () => clock.now }));
  const ended: string[] = [];
  sessions.onEnded((id) => ended.push(id));
  return { db, dataDir, closing, user, clock, sessions, ended };
}

function header(secret: string): string {
  return `other=1; ${COOKIE}=${secret}`;
}

test('a session is known by its cookie alone, and survives a restart', async (t) => {
  const { db, closing, user, sessions } = await setUp(t);
  const { secret, subject } = sessions.create(user);
  assert.deepEqual(sessions.resolve(header(secret)), subject);
  assert.equal(subject.role, 'operator');
  for (const bad of [
    undefined,
    '',
    'x',
    header(''),
    header(`${secret}x`),
    header('A'.repeat(43)),
    header(subject.sessionId),
  ])
    assert.equal(sessions.resolve(bad), undefined);
  const again = closing.add(new Sessions(db, { now: () => 1_000_000 }));
  assert.deepEqual(again.resolve(header(secret)), subject);
});

test('the secret of a session is nowhere in the database', async (t) => {
  const { db, user, sessions } = await setUp(t);
  const { secret } = sessions.create(user);
  assert.ok(!JSON.stringify(db.all(db.sql.selectFrom('sessions').selectAll())).includes(secret));
});

test('a session ends when it is not used, and at last in any case', () => {
  assert.equal(hasExpired({ createdAt: 0, lastSeen: 0 }, SESSION_LIFE.idleMs - 1), false);
  assert.equal(hasExpired({ createdAt: 0, lastSeen: 0 }, SESSION_LIFE.idleMs), true);
  assert.equal(hasExpired({ createdAt: 0, lastSeen: 90 * DAY - 1 }, 90 * DAY - 1), false);
  assert.equal(hasExpired({ createdAt: 0, lastSeen: 90 * DAY - 1 }, 90 * DAY), true);
});

test('use keeps a session alive, also over a restart', async (t) => {
  const { db, closing, user, clock, sessions, ended } = await setUp(t);
  const { secret, subject } = sessions.create(user);
  clock.now += 13 * DAY;
  assert.ok(sessions.resolve(header(secret)));
  sessions.poll();
  clock.now += 13 * DAY;
  const again = closing.add(new Sessions(db, { now: () => clock.now }));
  assert.ok(again.resolve(header(secret)));
  clock.now += 15 * DAY;
  sessions.poll();
  assert.equal(sessions.resolve(header(secret)), undefined);
  assert.deepEqual(ended, [subject.sessionId]);
});

test('ending a session tells the listeners once, and they can leave', async (t) => {
  const { user, sessions, ended } = await setUp(t);
  const { secret, subject } = sessions.create(user);
  let left = 0;
  sessions.onEnded(() => {
    left += 1;
  })();
  sessions.end(subject.sessionId);
  sessions.end(subject.sessionId);
  assert.equal(sessions.resolve(header(secret)), undefined);
  assert.deepEqual(ended, [subject.sessionId]);
  assert.equal(left, 0);
});

test('what another process does to a user ends the session, and other changes do not', async (t) => {
  const { dataDir, user, sessions, ended } = await setUp(t);
  const { secret, subject } = sessions.create(user);
  const other = openDatabase(dataDir);
  t.after(() => other.close());
  const users = new Users(other, new Audit(other));
  await users.add({ username: 'bob', role: 'viewer', password: 'ten letters', actor: 'test' });
  sessions.poll();
  assert.ok(sessions.resolve(header(secret)));
  other.run(other.sql.updateTable('users').set({ role: 'viewer' }).where('id', '=', user.id));
  sessions.poll();
  assert.deepEqual(ended, [subject.sessionId]);
  sessions.refresh();
  assert.equal(sessions.resolve(header(secret)), undefined);
});

test('a user removed by another process is noticed without anybody asking', async (t) => {
  const { dataDir, user, sessions } = await setUp(t);
  sessions.create(user);
  const other = openDatabase(dataDir);
  t.after(() => other.close());
  const ended = new Promise((resolve) => sessions.onEnded(resolve));
  other.run(other.sql.deleteFrom('users').where('id', '=', user.id));
  const keepAlive = setInterval(() => undefined, 1000);
  await ended;
  clearInterval(keepAlive);
});

test('one user cannot pile up sessions: the one unused the longest makes room', async (t) => {
  const { db, user, clock, sessions, ended } = await setUp(t);
  const first = sessions.create(user).subject.sessionId;
  for (let index = 0; index < 70; index += 1) {
    clock.now += 1;
    sessions.create(user);
  }
  assert.equal(db.all(db.sql.selectFrom('sessions').select('id')).length, 64);
  assert.equal(ended[0], first);
  assert.equal(ended.length, 7);
});

test('the cookie is read among others and bound as tightly as browsers allow', () => {
  assert.equal(readCookie(`a=b; ${COOKIE}=secret; c=d`), 'secret');
  assert.equal(readCookie(`x${COOKIE}=secret`), undefined);
  assert.equal(writeCookie('s', 5), `${COOKIE}=s; Path=/; Max-Age=5; Secure; HttpOnly; SameSite=Strict`);
});
