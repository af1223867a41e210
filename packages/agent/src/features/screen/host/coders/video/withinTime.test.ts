import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withinTime } from './withinTime.ts';

test('what comes in time is passed on, good or bad', async () => {
  assert.equal(await withinTime(Promise.resolve(7), 1_000), 7);
  await assert.rejects(withinTime(Promise.reject(new Error('broken')), 1_000), /broken/);
});

test('what never comes is waited for no longer', async () => {
  assert.equal(await withinTime(new Promise(() => undefined), 5), undefined);
});
