import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RETENTION, type Retention } from '@porthole/protocol';
import { pino } from 'pino';
import { testDatabase } from '../../../testing/testDatabase.ts';
import { HistoryStore } from './historyStore.ts';
import { RAW, STEPS } from './levels.ts';
import { Recorder } from './recorder.ts';
import { Sweeper } from './sweeper.ts';

const DAY = 86_400_000;
const NOW = 20_000 * DAY;

test('each fineness is kept as long as it should be, and not longer', async (t) => {
  const { db } = testDatabase(t);
  const store = new HistoryStore(db);
  const recorder = new Recorder(store);
  const record = (at: number) => {
    const sample = { at: 0, cpu: 0.5, memory: { used: 1, total: 2 } };
    recorder.record({ deviceId: 'a', now: at, sample, at, intervalMs: 1_000, link: {} });
  };
  // More of the oldest than are deleted in one go.
  for (let n = 0; n < 2_500; n++) record(NOW - 200 * DAY + n * 60_000);
  for (const days of [60, 10, 1]) record(NOW - days * DAY);
  record(NOW);
  recorder.flush();
  const sweeper = new Sweeper(store, pino({ level: 'silent' }));
  const ages = (step: number) => {
    const rows = db.all(db.sql.selectFrom('history').select('at').where('step', '=', step));
    return [...new Set(rows.map(({ at }) => Math.round((NOW - at) / DAY)))].sort((one, other) => other - one);
  };
  await sweeper.sweep(DEFAULT_RETENTION, undefined);
  assert.equal(ages(RAW)[0], 200, 'nothing is too old while the clock cannot be trusted');
  await sweeper.sweep(DEFAULT_RETENTION, NOW);
  const [minute, quarter, hour] = STEPS;
  assert.deepEqual([ages(RAW), ages(minute), ages(quarter)], [[0], [1, 0], [10, 1, 0]]);
  assert.deepEqual(ages(hour), [200, 199, 198, 60, 10, 1, 0]);
  const short: Retention = { ...DEFAULT_RETENTION, hourMs: 30 * DAY };
  await sweeper.sweep(short, NOW);
  assert.deepEqual(ages(hour), [10, 1, 0]);
});
