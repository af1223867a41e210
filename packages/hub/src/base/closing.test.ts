import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Closing } from './closing.ts';

test('parts close once, the last first, even when one of them fails', async () => {
  const closing = new Closing();
  const closed: string[] = [];
  closing.add({ close: () => closed.push('first') });
  closing.add({ close: () => Promise.reject(new Error('stuck')) });
  closing.add({ close: () => closed.push('last') });
  await assert.rejects(closing.close(), /stuck/);
  await assert.rejects(closing.close(), /stuck/);
  assert.deepEqual(closed, ['last', 'first']);
});
