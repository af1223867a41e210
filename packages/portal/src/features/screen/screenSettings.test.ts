import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenSettings } from '@porthole/protocol';
import fc from 'fast-check';
import { parseOwn, withoutEqual } from './screenSettings.ts';

test('what was chosen comes back, and what was not chosen stays open', () => {
  const own = { picture: 'light', maxKBps: 250 } as const;
  assert.deepEqual(parseOwn(JSON.stringify(own)), own);
});

test('nonsense in one setting counts as not chosen, the others stay', () => {
  assert.deepEqual(parseOwn('{"maxFps":30,"picture":"best","shrink":9,"maxKBps":-1,"other":1}'), { maxFps: 30 });
});

test('nothing, and anything at all, makes choices', () => {
  assert.deepEqual(parseOwn(null), {});
  assert.deepEqual(parseOwn('{"maxFps":'), {});
  const settings = fc.record({ maxFps: fc.integer({ min: -1, max: 200 }), shrink: fc.anything() });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        settings.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        assert.ok(screenSettings.partial().safeParse(parseOwn(text)).success);
      },
    ),
    { seed: 8, numRuns: 300 },
  );
});

test('of two sets of settings the difference is what only the first one has', () => {
  assert.deepEqual(withoutEqual({ maxFps: 5, shrink: 2, picture: 'auto' }, { maxFps: 5, shrink: 1 }), {
    shrink: 2,
    picture: 'auto',
  });
});
