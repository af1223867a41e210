import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { ALL_ON, parseToken } from '@porthole/protocol';
import { DeviceStore } from '../devices/deviceStore.ts';
import { DeviceDirectory } from '../devices/directory.ts';
import { Tokens } from '../devices/tokens.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { Traffics } from './traffics.ts';

const NOON = new Date(2026, 5, 15, 12).getTime();
const DAY = 86_400_000;

/** A real database with one device, on a clock of its own; `restart` is the hub after it was killed. */
function setUp(t: TestContext) {
  const { db, audit, closing } = testDatabase(t);
  const clock = { now: NOON };
  const store = new DeviceStore(db, audit);
  const { token } = new Tokens({ db, audit, hubKey: 'k'.repeat(43) }).create({ ttlMs: 1e5, uses: 1, createdBy: 'ann' });
  const description = { hostname: 'h', system: 's', architecture: 'a', version: 'v' };
  const key = randomBytes(32).toString('base64url');
  const { id } = store.enrol({
    publicKey: key,
    secret: parseToken(token).secret,
    name: 'desk',
    description,
    toggles: ALL_ON,
  });
  const directory = closing.add(new DeviceDirectory(store));
  const start = () => closing.add(new Traffics(db, directory, () => clock.now));
  return { db, directory, clock, id, start };
}

test('bytes are counted by feature, and what belongs to none is told apart', (t) => {
  const { id, start } = setUp(t);
  const traffics = start();
  const count = traffics.counter(id);
  count('screen', 5_000);
  count('screen', 5_000);
  count('terminal', 10);
  count(undefined, 70);
  const shown = traffics.show(id);
  assert.deepEqual(shown.today, { screen: 10_000, terminal: 10 });
  assert.equal(shown.other.today, 70);
  assert.ok((shown.now.screen ?? 0) > 0);
  assert.deepEqual(Object.keys(shown.now), ['screen', 'terminal']);
});

test('today goes on after a restart, and is gone the day after, or when the clock jumps into another day', (t) => {
  const { clock, id, start } = setUp(t);
  const first = start();
  first.counter(id)('files', 300);
  first.save();
  first.counter(id)('files', 1_000_000);
  const second = start();
  assert.deepEqual(second.show(id).today, { files: 300 }, 'what was not saved yet is lost with a killed hub');
  second.counter(id)('files', 20);
  second.close();
  second.close();
  assert.deepEqual(start().show(id).today, { files: 320 });
  clock.now += DAY;
  const third = start();
  assert.deepEqual(third.show(id).today, {});
  third.counter(id)('files', 1);
  clock.now -= 30 * DAY;
  assert.deepEqual(third.show(id).today, {});
  third.counter(id)('files', 2);
  third.save();
  assert.deepEqual(start().show(id).today, { files: 2 });
});

test('what still comes of a device that was removed is forgotten, and nothing is stored of it', (t) => {
  const { db, directory, id, start } = setUp(t);
  const traffics = start();
  const count = traffics.counter(id);
  count('screen', 5);
  traffics.save();
  directory.remove(id, 'ann');
  count('screen', 5);
  traffics.save();
  assert.deepEqual(
    db.all(db.sql.selectFrom('traffic').select('bytes')).map(({ bytes }) => bytes),
    ['{}'],
  );
  assert.throws(() => traffics.show(id), { code: 'not-found' });
});

test('what was stored in another form is begun anew', (t) => {
  const { db, id, start } = setUp(t);
  const traffics = start();
  traffics.counter(id)('screen', 5);
  traffics.save();
  db.run(db.sql.updateTable('traffic').set({ bytes: '{"screen":"many"}' }));
  assert.deepEqual(start().show(id).today, {});
});
