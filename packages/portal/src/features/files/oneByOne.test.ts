import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_PATHS } from '@porthole/protocol';
import { oneByOne, pathBatches } from './oneByOne.ts';

const many = (count: number, name = '') => Array.from({ length: count }, (_, at) => `/${name}${at}`);
const bytes = (batch: readonly string[]) => new TextEncoder().encode(JSON.stringify(batch)).byteLength;

test('paths are shared out by number and by bytes, all of them and in their order', () => {
  const long = many(3_000, 'ü"\n'.repeat(300));
  for (const paths of [many(1), many(MAX_PATHS), many(50_000), long]) {
    const batches = pathBatches(paths);
    assert.deepEqual(batches.flat(), paths);
    assert.ok(batches.every((batch) => batch.length <= MAX_PATHS && bytes(batch) <= 200 * 1024));
  }
  assert.equal(pathBatches(many(MAX_PATHS)).length, 1);
  assert.deepEqual(pathBatches([]), []);
});

test('progress goes on from part to part, and the outcomes are put together', async () => {
  const told: number[] = [];
  const outcome = await oneByOne(
    ['a', 'b'],
    async (part, following) => {
      following.told?.({ entries: 2, bytes: 0 });
      following.told?.({ entries: 3, bytes: 0 });
      return { done: 4, failed: [{ path: part, error: 'file.denied' }] };
    },
    { told: ({ entries }) => told.push(entries) },
  );
  assert.deepEqual(told, [2, 3, 4, 6, 7, 8]);
  assert.deepEqual([outcome.done, outcome.failed.map(({ path }) => path)], [8, ['a', 'b']]);
});

test('when it is stopped nothing more is asked for, and what was done is told', async () => {
  const abort = new AbortController();
  const asked: string[] = [];
  const outcome = await oneByOne(
    ['a', 'b', 'c'],
    async (part) => {
      asked.push(part);
      if (part === 'a') return { done: 1, failed: [] };
      abort.abort();
      throw new Error('broken off');
    },
    { signal: abort.signal },
  );
  assert.deepEqual([asked, outcome.done], [['a', 'b'], 1]);
});
