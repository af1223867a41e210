import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../base/db/database.ts';
import { temporaryFolder } from '../../../testing/temporaryFolder.ts';
import { Figures } from './figures.ts';
import { RAW, STEPS } from './levels.ts';
import { unpackSamples } from './samples.ts';

const WRITER = fileURLToPath(new URL('../../../testing/recordForever.ts', import.meta.url));
const HOUR = 3_600_000;
const START = 480_000 * HOUR;
const DEVICES = 20;

/** Lets a process write history from that moment on, kills it some ms after its first word, and returns the last moment it told. */
async function writeAndDie(folder: string, from: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    WRITER,
    folder,
    String(from),
    `${DEVICES}`,
  ]);
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await sleep(afterMs);
  child.kill('SIGKILL');
  await ended;
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
}

test('a process that is killed while it writes loses nothing that it had told of, and nothing counts twice', async (t) => {
  const folder = temporaryFolder(t);
  // Not a whole minute, so that rows are gone on with; then back to where another one was, as a clock does that is set.
  const spans = [];
  for (const [round, from] of [START, START + HOUR + 30_000, START + 30_000].entries()) {
    spans.push({ from, to: await writeAndDie(folder, from, 30 + round * 17) });
  }
  const db = openDatabase(folder);
  t.after(() => db.close());
  const rows = db.all(db.sql.selectFrom('history').selectAll());
  for (const device of new Set(rows.map((row) => row.device))) {
    const own = rows.filter((row) => row.device === device);
    const samples = own.filter(({ step }) => step === RAW).flatMap(({ figures, at }) => unpackSamples(figures, at));
    const least = spans.reduce((sum, { from, to }) => sum + (to - from) / 1_000 + 1, 0);
    assert.ok(samples.length >= least, `${samples.length} samples, of which ${least} were told of`);
    const weight = samples.reduce((sum, sample) => sum + sample.weight, 0);
    for (const step of STEPS) {
      const figures = own.filter((row) => row.step === step).map((row) => Figures.decode(row.figures));
      const counted = figures.reduce((sum, { weights }) => sum + (weights[0] ?? 0), 0);
      assert.ok(
        Math.abs(counted - weight) < weight * 1e-5,
        `${counted} ms in steps of ${step}, ${weight} ms of samples`,
      );
    }
  }
  assert.equal(new Set(rows.map((row) => row.device)).size, DEVICES);
});
