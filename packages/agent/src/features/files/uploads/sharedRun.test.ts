import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedRun } from './sharedRun.ts';

/** Work that ends when it is told to. */
function work() {
  const runs: PromiseWithResolvers<void>[] = [];
  const shared = new SharedRun(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { runs, shared };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('all who ask at the same time share a run, and who asks while it goes on gets another', async () => {
  const { runs, shared } = work();
  const first = Promise.all([shared.join(), shared.join()]);
  await settled();
  const later = Promise.all([shared.join(), shared.join()]);
  await settled();
  assert.equal(runs.length, 1);
  runs[0]?.resolve();
  await first;
  await settled();
  assert.equal(runs.length, 2);
  runs[1]?.resolve();
  await later;
});

test('a run that fails is told to those who shared it, and to nobody else', async () => {
  const { runs, shared } = work();
  const first = [shared.join(), shared.join()];
  await settled();
  const later = shared.join();
  runs[0]?.reject(new Error('full'));
  for (const each of first) await assert.rejects(each, /full/);
  await settled();
  runs[1]?.resolve();
  await later;
});
