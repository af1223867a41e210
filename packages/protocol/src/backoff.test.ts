import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoff } from './backoff.ts';

test('delays grow from 1 s to 30 s and are spread over their whole range, for however long the hub is away', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1_000_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (n, random) => {
        const delay = backoff(n, random);
        assert.ok(Number.isInteger(delay) && delay >= 0 && delay <= 30_000);
        assert.ok(backoff(n + 1, random) >= delay);
        assert.equal(backoff(n, 0), 0);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 1000].map((n) => backoff(n, 1)),
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
  );
});
