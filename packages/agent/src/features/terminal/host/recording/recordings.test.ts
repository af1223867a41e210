import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../../../testing/filesClient.ts';
import { smallDisk } from '../../../../testing/smallDisk.ts';
import { Recordings } from './recordings.ts';

const LIMITS = { bytes: 4_096, totalBytes: 12_288, count: 100 };
const SIZE = { columns: 80, rows: 24 };
const TEXT = Buffer.from('x'.repeat(1_024));
const isRoot = userInfo().uid === 0;

function about(startedAt: number) {
  return { session: 'AAAAAAAAAAAAAAAA', name: `at ${startedAt}`, user: 'ann', startedAt, size: SIZE };
}

/** A recording of so many bytes of output, begun at a time in ms since 1970. */
async function record(recordings: Recordings, startedAt: number, length: number): Promise<void> {
  const { recorder, close } = recordings.begin(about(startedAt), () => undefined);
  recorder.output(Buffer.alloc(length, 'x'));
  await close();
}

/** Room is made beside the recording that needs it. */
async function until(recordings: Recordings, names: string[]): Promise<void> {
  const kept = async () => (await recordings.list()).map(({ name }) => name);
  for (let round = 0; round < 200 && (await kept()).length > names.length; round++) await sleep(10);
  assert.deepEqual(await kept(), names);
}

test('the oldest recordings make room for a new one', async (t) => {
  const recordings = new Recordings(temporaryFolder(t), LIMITS);
  for (const startedAt of [1_000, 2_000, 3_000]) await record(recordings, startedAt, 3_000);
  await record(recordings, 4_000, 3_000);
  await until(recordings, ['at 4000', 'at 3000', 'at 2000']);
});

test('of many small recordings the newest are kept, and one that runs always', async (t) => {
  const recordings = new Recordings(temporaryFolder(t), { ...LIMITS, count: 3 });
  const first = recordings.begin(about(1_000), () => undefined);
  for (const startedAt of [2_000, 3_000, 4_000]) await record(recordings, startedAt, 10);
  await first.close();
  await record(recordings, 5_000, 10);
  await until(recordings, ['at 5000', 'at 4000', 'at 3000']);
});

test('a recording that gets too large ends, is told of, and can be replayed as far as it goes', async (t) => {
  const folder = temporaryFolder(t);
  const recordings = new Recordings(folder, LIMITS);
  const ended = Promise.withResolvers<void>();
  const { recorder, close } = recordings.begin(about(1_000), ended.resolve);
  for (let round = 0; round < 200; round++) recorder.output(TEXT);
  await ended.promise;
  recorder.output(TEXT);
  await close();
  const [recording] = await recordings.list();
  assert.ok((recording?.bytes ?? 0) <= LIMITS.bytes);
  assert.equal(recording?.running, false);
});

test('a full disk ends the recording, and what was written is whole lines', { skip: !isRoot }, async (t) => {
  const folder = smallDisk(t, 'size=64k');
  const recordings = new Recordings(join(folder, 'recordings'), { ...LIMITS, bytes: 1024 * 1024 });
  const ended = Promise.withResolvers<void>();
  const { recorder, close } = recordings.begin(about(1_000), ended.resolve);
  for (let round = 0; round < 200; round++) recorder.output(TEXT);
  await ended.promise;
  await close();
  assert.equal(recorder.isCrowded, false);
  const [recording] = await recordings.list();
  const text = readFileSync(join(folder, 'recordings', `${recording?.id}.cast`), 'utf8');
  assert.ok(text.endsWith('\n'));
  for (const line of text.trimEnd().split('\n')) JSON.parse(line);
});
