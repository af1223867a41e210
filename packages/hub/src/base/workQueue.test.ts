import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { WorkQueue } from './workQueue.ts';

test('no more run at once than allowed, in order, and those beyond the waiting room are refused at once', async () => {
  const queue = new WorkQueue({ running: 2, waiting: 2 });
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const work = (id: number) =>
    queue.run(() => {
      started.push(id);
      return new Promise<number>((resolve) => finish.push(() => resolve(id)));
    });
  const results = [work(1), work(2), work(3), work(4)];
  await assert.rejects(work(5), { code: 'auth.busy' });
  assert.deepEqual(started, [1, 2]);
  finish[0]?.();
  await turn();
  assert.equal(await results[0], 1);
  assert.deepEqual(started, [1, 2, 3]);
  finish[1]?.();
  await turn();
  finish[2]?.();
  finish[3]?.();
  assert.deepEqual(await Promise.all(results), [1, 2, 3, 4]);
});

test('work that fails frees its place', async () => {
  const queue = new WorkQueue({ running: 1, waiting: 1 });
  await assert.rejects(
    queue.run(() => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(await queue.run(() => Promise.resolve('yes')), 'yes');
});
