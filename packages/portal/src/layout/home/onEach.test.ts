import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { onEach } from './onEach.ts';

const ids = Array.from({ length: 20 }, (_, at) => `d${at}`);

test('everybody has their turn once, a few at a time', async () => {
  const seen: string[] = [];
  let now = 0;
  let most = 0;
  const outcome = await onEach(ids, async (id) => {
    seen.push(id);
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
  });
  assert.deepEqual([seen.toSorted(), outcome], [ids.toSorted(), { total: 20, failures: [] }]);
  assert.ok(most > 1 && most <= 6, String(most));
});

test('who fails is told in order, and stops nobody else', async () => {
  const outcome = await onEach(ids, async (id) => {
    if (id === 'd17' || id === 'd3') throw new PortholeError('device.offline');
  });
  assert.deepEqual(
    outcome.failures.map(({ id }) => id),
    ['d3', 'd17'],
  );
  assert.ok(outcome.failures.every(({ why }) => why.length > 0));
});
