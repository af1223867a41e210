import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openDatabase } from '../base/db/database.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { Audit } from './audit.ts';

const ENTRY = { actor: 'ada', action: 'test', target: 'x' };

/** Changes the log as somebody with the file in hands could. */
function tamper(dataDir: string, sql: string): void {
  const database = new DatabaseSync(join(dataDir, 'hub.sqlite'));
  database.exec('DROP TRIGGER auditKeepsRows; DROP TRIGGER auditKeepsText');
  database.exec(sql);
  database.close();
}

test('rows follow each other, also from two connections, and the chain holds', (t) => {
  const { audit, dataDir } = testDatabase(t);
  const other = openDatabase(dataDir);
  t.after(() => other.close());
  audit.append({ ...ENTRY, detail: 'text' });
  new Audit(other).append({ ...ENTRY, detail: { a: 1, b: 'two', c: true } });
  audit.append(ENTRY);
  assert.deepEqual(audit.verifyChain(), { ok: true, rows: 3 });
  assert.deepEqual(
    audit.read().map((row) => JSON.parse(row.detail)),
    ['text', { a: 1, b: 'two', c: true }, {}],
  );
  assert.deepEqual(
    audit.read(2).map((row) => row.seq),
    [3],
  );
});

test('what waits together is written together, in its order, and what cannot be written is told to each', async (t) => {
  const { db, audit } = testDatabase(t);
  let commits = 0;
  const transaction = db.transaction.bind(db);
  t.mock.method(db, 'transaction', (work: () => unknown) => {
    commits++;
    return transaction(work);
  });
  await Promise.all(['a', 'b', 'c'].map((target) => audit.appendTogether({ ...ENTRY, target })));
  assert.deepEqual(
    audit.read().map(({ target }) => target),
    ['a', 'b', 'c'],
  );
  assert.deepEqual([audit.verifyChain().ok, commits], [true, 1]);
  db.close();
  const refused = await Promise.allSettled([audit.appendTogether(ENTRY), audit.appendTogether(ENTRY)]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
});

test('a chain of more rows than are read at once holds', (t) => {
  const { db, audit } = testDatabase(t);
  db.transaction(() => {
    for (let index = 0; index < 2001; index += 1) audit.append(ENTRY);
  });
  assert.deepEqual(audit.verifyChain(), { ok: true, rows: 2001 });
});

for (const [how, sql] of [
  ['changed', "UPDATE audit SET actor = 'eve' WHERE seq = 2"],
  ['taken out', 'DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2'],
  ['swapped', 'UPDATE audit SET seq = -seq; UPDATE audit SET seq = 5 + seq'],
]) {
  test(`a row that was ${how} later is found`, (t) => {
    const { audit, dataDir } = testDatabase(t);
    for (const actor of ['a', 'b', 'c', 'd']) audit.append({ ...ENTRY, actor });
    tamper(dataDir, sql ?? '');
    assert.equal(audit.verifyChain().ok, false);
  });
}

test('the database itself refuses to change or delete rows', (t) => {
  const { db, audit } = testDatabase(t);
  audit.append(ENTRY);
  assert.throws(() => db.run(db.sql.deleteFrom('audit')), /append-only/);
  assert.throws(() => db.run(db.sql.updateTable('audit').set({ actor: 'eve' })), /append-only/);
});

test('hostile text is bounded and stays in its field', (t) => {
  const { audit } = testDatabase(t);
  audit.append({ ...ENTRY, target: '\ud800","x'.repeat(500), detail: { long: 'y'.repeat(5000) } });
  const [row] = audit.read();
  assert.ok(row && row.target.length <= 512 && row.detail.length < 600);
  assert.deepEqual(audit.verifyChain(), { ok: true, rows: 1 });
});
