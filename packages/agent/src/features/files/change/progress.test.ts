import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_PATH, outcome, PortholeError } from '@porthole/protocol';
import { Progress } from './progress.ts';

test('whatever fails, and however deep it lies, is told so that it is understood', async () => {
  const progress = Progress.silent();
  const told = await progress.forEach(['/a', '/b'], async (path) => {
    for (let at = 0; at < 2_000; at++)
      progress.fail(`${path}${'/x'.repeat(MAX_PATH)}`, new PortholeError('file.denied'));
    throw new PortholeError('file.missing');
  });
  const { done, failed } = outcome.parse(told);
  assert.deepEqual([done, failed[0]?.error], [0, 'file.denied']);
  assert.ok(JSON.stringify(told).length < 256 * 1024);
});
