import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sessions } from '../auth/sessions.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { Users } from './users.ts';

const ADA = { username: 'Ada', role: 'admin', password: 'ten letters', actor: 'test' } as const;

test('a user is found by name whatever the case, and signs in with the password', async (t) => {
  const { db, audit } = testDatabase(t);
  const users = new Users(db, audit);
  assert.equal(users.hasAdmin, false);
  const user = await users.add(ADA);
  assert.equal(users.hasAdmin, true);
  assert.equal(users.find('ada')?.id, user.id);
  assert.deepEqual(await users.verify('ADA', ADA.password), user);
  assert.equal(await users.verify('Ada', 'wrong password'), undefined);
  assert.equal(await users.verify('nobody', ADA.password), undefined);
});

test('two users cannot share a name, even when both are added at once', async (t) => {
  const { db, audit } = testDatabase(t);
  const users = new Users(db, audit);
  const results = await Promise.allSettled([users.add(ADA), users.add({ ...ADA, username: 'ADA' })]);
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(users.add(ADA), { code: 'user.exists' });
});

test('names and passwords out of bounds are refused', async (t) => {
  const { db, audit } = testDatabase(t);
  const users = new Users(db, audit);
  for (const username of ['', ' ada', 'a b', 'a\u0000', '.a', 'x'.repeat(65), 'a\u202eb'])
    await assert.rejects(users.add({ ...ADA, username }), { code: 'request.invalid' });
  for (const password of ['short', 'é'.repeat(513)])
    await assert.rejects(users.add({ ...ADA, password }), { code: 'request.invalid' });
  assert.deepEqual(users.list(), []);
});

test('a new role and removal end the sessions of that user alone, and both are logged', async (t) => {
  const { db, audit, closing } = testDatabase(t);
  const users = new Users(db, audit);
  const sessions = closing.add(new Sessions(db));
  const [ada, bob] = [await users.add(ADA), await users.add({ ...ADA, username: 'bob' })];
  const ended: string[] = [];
  sessions.onEnded((id) => ended.push(id));
  const [first, other] = [sessions.create(ada).subject, sessions.create(bob).subject];
  assert.equal(users.setRole('ada', 'viewer', 'test'), true);
  assert.throws(() => users.remove('bob', 'test'), { code: 'request.invalid' });
  assert.throws(() => users.setRole('bob', 'viewer', 'test'), { code: 'request.invalid' });
  users.setRole('ada', 'admin', 'test');
  sessions.refresh();
  assert.deepEqual(ended, [first.sessionId]);
  assert.equal(users.remove('bob', 'test'), true);
  sessions.refresh();
  assert.deepEqual(ended, [first.sessionId, other.sessionId]);
  assert.equal(users.remove('bob', 'test'), false);
  assert.deepEqual(
    audit.read().map((row) => row.action),
    ['user.add', 'user.add', 'user.role', 'user.role', 'user.remove'],
  );
});
