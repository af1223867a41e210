import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EMPTY_PROFILE } from '@porthole/protocol';
import { Audit } from '../../audit/audit.ts';
import { DeviceStore } from '../../devices/deviceStore.ts';
import { temporaryFolder } from '../../testing/temporaryFolder.ts';
import { testDatabase } from '../../testing/testDatabase.ts';
import { Failure } from '../failure.ts';
import { openDatabase } from './database.ts';
import { first } from './migrations/0001-first.ts';
import { migrate } from './migrations.ts';

const WRITER = fileURLToPath(new URL('../../testing/writeForever.ts', import.meta.url));

test('every file of the database is for its owner alone', (t) => {
  const { db, dataDir } = testDatabase(t);
  db.run(db.sql.insertInto('settings').values({ name: 'a', value: 'b' }));
  for (const name of readdirSync(dataDir)) assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, name);
});

test('the database waits for the disk, keeps foreign keys and uses a write-ahead log', (t) => {
  const { db } = testDatabase(t);
  const pragma = (name: string) =>
    db.first({ compile: () => ({ ...db.sql.selectFrom('settings').compile(), sql: `PRAGMA ${name}` }) });
  assert.deepEqual({ ...(pragma('journal_mode') as object) }, { journal_mode: 'wal' });
  assert.deepEqual({ ...(pragma('synchronous') as object) }, { synchronous: 2 });
  assert.deepEqual({ ...(pragma('foreign_keys') as object) }, { foreign_keys: 1 });
  assert.deepEqual({ ...(pragma('busy_timeout') as object) }, { timeout: 5000 });
});

test('a transaction that throws changes nothing, and the next one works', (t) => {
  const { db } = testDatabase(t);
  const insert = (name: string) => db.run(db.sql.insertInto('settings').values({ name, value: '' }));
  assert.throws(
    () =>
      db.transaction(() => {
        insert('a');
        db.transaction(() => insert('b'));
        throw new Error('no');
      }),
    /no/,
  );
  db.transaction(() => insert('c'));
  assert.deepEqual(
    db.all(db.sql.selectFrom('settings').select('name')).map((row) => row.name),
    ['c'],
  );
});

test('what another process wrote shows in the data version, what we wrote does not', (t) => {
  const { db, dataDir } = testDatabase(t);
  const other = openDatabase(dataDir);
  t.after(() => other.close());
  const before = db.dataVersion;
  db.run(db.sql.insertInto('settings').values({ name: 'own', value: '' }));
  assert.equal(db.dataVersion, before);
  other.run(other.sql.insertInto('settings').values({ name: 'other', value: '' }));
  assert.notEqual(db.dataVersion, before);
});

test('every row that was acknowledged is there after kill -9, and none is half there', async (t) => {
  for (const rows of [1, 40, 150]) {
    const dataDir = temporaryFolder(t);
    const acknowledged = await killWriter(dataDir, rows);
    const db = openDatabase(dataDir);
    const stored = db.all(db.sql.selectFrom('settings').select('name')).map((row) => Number(row.name));
    const missing = Array.from({ length: acknowledged }, (_, index) => index).filter(
      (index) => !stored.includes(index),
    );
    assert.deepEqual(missing, []);
    assert.deepEqual(new Audit(db).verifyChain(), { ok: true, rows: stored.length });
    db.close();
  }
});

/** Lets a process write until it has acknowledged `rows`, kills it in the middle of its work, and returns how many it had. */
async function killWriter(dataDir: string, rows: number): Promise<number> {
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, dataDir]);
  let output = '';
  for await (const chunk of writer.stdout) {
    output += chunk;
    if (output.split('\n').length > rows) writer.kill('SIGKILL');
  }
  if (writer.signalCode === null && writer.exitCode === null) await once(writer, 'exit');
  assert.equal(writer.signalCode, 'SIGKILL');
  return output.split('\n').length - 1;
}

test('a migration is done whole or not at all, and once', (t) => {
  const path = join(temporaryFolder(t), 'x.sqlite');
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  migrate(database, ['CREATE TABLE a (x)']);
  assert.throws(() => migrate(database, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']));
  const tables = () =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map((row) => row.name);
  assert.deepEqual(tables(), ['a']);
  migrate(database, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
  migrate(database, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
  assert.deepEqual(tables(), ['a', 'b']);
});

test('devices of the first layout are kept by the newest one', (t) => {
  const dataDir = temporaryFolder(t);
  const path = join(dataDir, 'hub.sqlite');
  writeFileSync(path, '', { mode: 0o600 });
  const old = new DatabaseSync(path);
  migrate(old, [first]);
  const values = `'d', 'k', 'desk', '{}', '{"screen":false}', NULL, 1, 2, NULL`;
  old.exec(`INSERT INTO devices VALUES (${values})`);
  old.close();
  const db = openDatabase(dataDir);
  t.after(() => db.close());
  const [device] = new DeviceStore(db, new Audit(db)).list();
  assert.deepEqual([device?.name, device?.toggles.screen], ['desk', false]);
  assert.deepEqual([device?.screenSettings, device?.profile, device?.facts], [null, EMPTY_PROFILE, null]);
});

test('a database of a newer version is left alone', (t) => {
  const database = new DatabaseSync(':memory:');
  t.after(() => database.close());
  database.exec('PRAGMA user_version = 99');
  assert.throws(() => migrate(database), Failure);
});

test('something else in the place of the database is refused with one sentence', (t) => {
  const dataDir = temporaryFolder(t);
  writeFileSync(join(dataDir, 'hub.sqlite'), 'this is no database'.repeat(100), { mode: 0o600 });
  assert.throws(
    () => openDatabase(dataDir),
    (error) => error instanceof Failure && !error.message.includes('\n'),
  );
});

test('a database that others may read is refused', (t) => {
  const dataDir = temporaryFolder(t);
  openDatabase(dataDir).close();
  chmodSync(join(dataDir, 'hub.sqlite'), 0o644);
  assert.throws(() => openDatabase(dataDir), /chmod 600/);
});
