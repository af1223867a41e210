import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_SETTINGS, parseSettings } from './screenSettings.ts';

test('what was stored comes back', () => {
  const settings = { picture: 'light', maxFps: 30, maxKBps: 250, shrink: 3 } as const;
  assert.deepEqual(parseSettings(JSON.stringify(settings)), settings);
});

test('each setting that is missing or nonsense is the default, the others stay', () => {
  assert.deepEqual(parseSettings('{"maxFps":30,"picture":"best","shrink":9,"maxKBps":-1,"other":1}'), {
    ...DEFAULT_SETTINGS,
    maxFps: 30,
  });
});

test('nothing, and anything at all, makes settings', () => {
  assert.deepEqual(parseSettings(null), DEFAULT_SETTINGS);
  assert.deepEqual(parseSettings('{"maxFps":'), DEFAULT_SETTINGS);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { maxFps, shrink } = parseSettings(text);
      assert.ok(maxFps >= 1 && maxFps <= 120 && shrink >= 1 && shrink <= 4);
    }),
    { seed: 8, numRuns: 300 },
  );
});
