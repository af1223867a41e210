import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RETENTION, type History, type StatsSample } from '@porthole/protocol';
import { openDatabase } from '../../../base/db/database.ts';
import { smallDisk } from '../../../testing/smallDisk.ts';
import { type Cleanup, closingAfter } from '../../../testing/temporaryFolder.ts';
import { testDatabase } from '../../../testing/testDatabase.ts';
import { FIRST_PLACE, HistoryStore } from './historyStore.ts';
import { RAW, STEPS } from './levels.ts';
import { readHistory, readTop } from './readHistory.ts';
import { Recorder } from './recorder.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A whole hour, so that steps begin where the test does. */
const START = 480_000 * HOUR;
const LINK = {};

/** A hub's history on a disk, with clocks that the test turns; `restart` is what a killed hub leaves and finds. */
function keeper(t: Cleanup) {
  const { db } = testDatabase(t);
  const store = new HistoryStore(db);
  const clock = { wall: START, running: 0 };
  let recorder = new Recorder(store);
  const sample = (cpu: number, rest: Partial<StatsSample> & { id?: string; intervalMs?: number } = {}) => {
    const { id: deviceId = 'a', intervalMs = 1_000, ...parts } = rest;
    const arrival = { at: clock.running, intervalMs, link: LINK };
    const stats = { at: 0, cpu, memory: { used: 100, total: 200 }, ...parts };
    recorder.record({ deviceId, now: clock.wall, sample: stats, ...arrival });
  };
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.running += ms;
  };
  return {
    store,
    clock,
    sample,
    pass,
    flush: () => recorder.flush(),
    forget: (id: string) => recorder.forget(id),
    restart: () => {
      recorder = new Recorder(new HistoryStore(db));
    },
    read: (from: number, to: number, points = 100, id = 'a'): Promise<History> => {
      recorder.flush();
      return readHistory(store, { deviceId: id, from, to, points }, { retention: DEFAULT_RETENTION, now: clock.wall });
    },
    /** What a failing disk may do to all that is written so far. */
    damage: (row: { figures: Buffer; top: string }) => db.run(db.sql.updateTable('history').set(row)),
    top: (at: number) => readTop(store, 'a', at),
    /** Milliseconds that the rows of each fineness stand for, all together. */
    weights: () => {
      const rows = db.all(db.sql.selectFrom('history').selectAll());
      return STEPS.map((step) =>
        rows
          .filter((row) => row.step === step)
          .reduce((sum, { figures }) => sum + Buffer.from(figures).readFloatBE(4), 0),
      );
    },
    rows: (step: number) => db.all(db.sql.selectFrom('history').selectAll().where('step', '=', step)),
  };
}

test('a step has the mean over time and the highest, however often somebody looked', async (t) => {
  const hub = keeper(t);
  for (let n = 0; n < 30; n++) {
    hub.pass(1_000);
    hub.sample(0.1);
  }
  // Nobody looks any more: one sample for the other half of the minute.
  hub.pass(30_000);
  hub.sample(0.9, { intervalMs: 60_000 });
  const { from, step, series } = await hub.read(START, START + 30 * HOUR, 1_800);
  assert.deepEqual([from, step], [START, MINUTE]);
  assert.ok(Math.abs((series.cpu?.mean[0] ?? 0) - 0.5) < 1e-6, String(series.cpu?.mean[0]));
  assert.ok(Math.abs((series.cpu?.high[0] ?? 0) - 0.9) < 1e-6);
  assert.deepEqual([series.memory?.mean[0], series.memory?.mean[1]], [100, null]);
  assert.equal(series.gpu, undefined, 'a figure that the device never had is left out');
});

test('a while without samples is a gap, and samples a minute apart are none', async (t) => {
  const hub = keeper(t);
  const idle = () => {
    hub.pass(MINUTE);
    hub.sample(0.5, { intervalMs: MINUTE });
  };
  hub.sample(0.5, { intervalMs: MINUTE });
  // Timers are late now and then, so that a minute may get no sample of its own.
  hub.pass(59_500);
  for (let n = 0; n < 4; n++) idle();
  hub.pass(10 * MINUTE);
  for (let n = 0; n < 3; n++) idle();
  const { series } = await hub.read(START + MINUTE, START + 18 * MINUTE, 17);
  const known = series.cpu?.mean.map((value) => (value === null ? '.' : 'x')).join('');
  assert.equal(known, 'xxxx..........xxx');
});

test('a hub that is killed goes on with what it had written, and counts nothing twice', async (t) => {
  const hub = keeper(t);
  hub.sample(0.2);
  for (let n = 0; n < 100; n++) {
    hub.pass(1_000);
    hub.sample(0.2);
    if (n % 7 === 0) hub.flush();
    if (n % 21 === 0) hub.restart();
  }
  hub.flush();
  const written = hub.weights();
  assert.equal(new Set(written.map(Math.round)).size, 1, `each fineness stands for the same time: ${written}`);
  const samples = hub.rows(RAW).reduce((sum, { figures }) => sum + figures.byteLength / 16, 0);
  assert.ok(samples > 90 && samples <= 101);
  hub.flush();
  hub.restart();
  hub.flush();
  assert.deepEqual(hub.weights(), written, 'writing again changes nothing');
});

test('wherever the clock jumps, each sample counts once', async (t) => {
  const hub = keeper(t);
  hub.sample(0.3);
  for (const jump of [0, 3 * HOUR, -3 * HOUR, -90_000, 400 * 24 * HOUR, -400 * 24 * HOUR, 0]) {
    hub.clock.wall += jump;
    for (let n = 0; n < 10; n++) {
      hub.pass(1_000);
      hub.sample(0.3);
      if (n === 4) hub.flush();
    }
  }
  hub.flush();
  assert.deepEqual(hub.weights().map(Math.round), [71_000, 71_000, 71_000]);
  const kept = hub.rows(RAW).reduce((sum, { figures }) => sum + figures.byteLength / 16, 0);
  assert.equal(kept, 71);
});

test('what stood out is found at its moment, and for longer steps at its highest', (t) => {
  const hub = keeper(t);
  const busy = (name: string, cpu: number) => ({ pid: 7, name, cpu, memory: 1_000 });
  for (const [name, cpu] of [
    ['calm', 0.2],
    ['compiler', 3.5],
    ['calm', 0.1],
  ] as const) {
    hub.pass(MINUTE);
    hub.sample(0.1, { intervalMs: MINUTE, top: [busy(name, cpu)] });
  }
  hub.flush();
  const at = START + 2 * MINUTE - 30_000;
  assert.deepEqual(hub.top(at), { at: START + MINUTE, top: [busy('compiler', 3.5)] });
  assert.deepEqual(hub.top(START + 10 * MINUTE), {
    at: START,
    top: [busy('compiler', 3.5), busy('calm', 0.2)],
  });
  assert.deepEqual(hub.top(START + 5 * HOUR), { at: null, top: [] });
});

test('what is kept of busy processes does not grow with their number', (t) => {
  const hub = keeper(t);
  for (let n = 0; n < 60; n++) {
    hub.pass(1_000);
    const top = [1, 2, 3, 4, 5, 6].map((pid) => ({ pid: n * 10 + pid, name: 'x'.repeat(256), cpu: n, memory: n }));
    hub.sample(0.1, { top });
  }
  hub.flush();
  for (const { top } of STEPS.flatMap((step) => hub.rows(step))) assert.ok((top?.length ?? 0) < 900);
});

test('a removed device is forgotten, and others are not', async (t) => {
  const hub = keeper(t);
  for (let n = 0; n < 3; n++) {
    hub.pass(MINUTE);
    for (const id of ['a', 'b']) hub.sample(0.4, { id, intervalMs: MINUTE });
  }
  const cpu = async (id: string) => (await hub.read(START, START + 4 * MINUTE, 10, id)).series.cpu?.mean;
  const before = await cpu('b');
  assert.deepEqual(await cpu('a'), before);
  hub.forget('a');
  // It comes back under the same key at once, as somebody new.
  hub.pass(MINUTE);
  hub.sample(0.7, { intervalMs: MINUTE });
  hub.flush();
  const [device] = hub.store.forgotten();
  assert.ok(device !== undefined);
  for (let place = hub.store.sweep(device, FIRST_PLACE); place; ) place = hub.store.sweep(device, place);
  assert.deepEqual(hub.store.forgotten(), []);
  assert.deepEqual(await cpu('b'), before);
  assert.equal((await cpu('a'))?.filter((value) => value !== null).length, 1, 'what came since');
  assert.equal(new Set(hub.rows(MINUTE).map((row) => row.device)).size, 2);
});

test('what does not fit on the disk waits, and is written once when there is room', (t) => {
  const disk = smallDisk(t);
  const db = closingAfter(t).add(openDatabase(disk.folder));
  const recorder = new Recorder(new HistoryStore(db));
  const record = (at: number) => {
    for (let device = 0; device < 50; device++) {
      const sample = { at: 0, cpu: 0.5, memory: { used: 1, total: 2 } };
      recorder.record({ deviceId: `d${device}`, now: START + at, sample, at, intervalMs: 1_000, link: LINK });
    }
  };
  record(0);
  recorder.flush();
  disk.fill();
  for (let n = 1; n <= 5; n++) {
    record(n * 1_000);
    recorder.flush();
  }
  disk.free();
  recorder.flush();
  const rows = db.all(db.sql.selectFrom('history').selectAll().where('step', '=', HOUR).where('at', '=', START));
  assert.equal(rows.length, 50);
  for (const { figures } of rows) assert.equal(Buffer.from(figures).readFloatBE(4), 5_000);
});

test('a row that cannot be read is a gap, and is begun anew', async (t) => {
  const hub = keeper(t);
  const busy = { pid: 7, name: 'compiler', cpu: 1, memory: 1_000 };
  hub.pass(MINUTE);
  hub.sample(0.5, { top: [busy] });
  const known = async (points: number) =>
    (await hub.read(START, START + HOUR, points)).series.cpu?.mean.filter((mean) => mean !== null) ?? [];
  const fine = HOUR / 1_000;
  assert.deepEqual([await known(fine), await known(1)], [[0.5], [0.5]]);
  const notANumber = Buffer.alloc(20, 0xff);
  for (const figures of [Buffer.from([255, 255, 255]), notANumber]) {
    hub.damage({ figures, top: '{' });
    hub.restart();
    assert.deepEqual([await known(fine), await known(1), hub.top(START).top], [[], [], []]);
    hub.pass(MINUTE);
    hub.sample(0.25, { top: [busy] });
    assert.deepEqual([await known(fine), await known(1), hub.top(START).top], [[0.25], [0.25], [busy]]);
  }
});

test('figures that no machine has are kept as something that can be read', async (t) => {
  const hub = keeper(t);
  hub.sample(1, { memory: { used: Number.MAX_VALUE, total: Number.MAX_VALUE }, load: Number.MAX_VALUE });
  hub.pass(1_000);
  hub.sample(1, { memory: { used: Number.MAX_VALUE, total: 0 }, temperature: -273 });
  const { series } = await hub.read(START - HOUR, START + HOUR);
  for (const value of series.memory?.mean ?? []) assert.ok(value === null || Number.isFinite(value));
  assert.ok(series.temperature?.mean.includes(-273));
});
