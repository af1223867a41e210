import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SENDING_SETTINGS, type SendingSettings } from '@porthole/protocol';
import { type Demand, samplePace } from './samplePace.ts';

function pace(settings: Partial<SendingSettings>, demand: Partial<Demand>) {
  const nothing = { isWatched: false, isGuarded: false, isResting: false };
  return samplePace({ ...DEFAULT_SENDING_SETTINGS, ...settings }, { ...nothing, ...demand });
}

test('samples come quickly while somebody looks, and now and then for the record otherwise', () => {
  assert.deepEqual(pace({}, { isWatched: true }), { intervalMs: 1_000, isKept: true });
  assert.deepEqual(pace({}, {}), { intervalMs: 60_000, isKept: true });
  assert.deepEqual(pace({ onlyWatched: false }, {}), { intervalMs: 1_000, isKept: true });
  assert.deepEqual(pace({ statsMs: 600_000 }, { isWatched: true }), { intervalMs: 60_000, isKept: true });
});

test('outside of the hours for live samples those for the record go on', () => {
  assert.deepEqual(pace({}, { isWatched: true, isResting: true }), { intervalMs: 60_000, isKept: true });
  assert.deepEqual(pace({ onlyWatched: false, recordMs: 0 }, { isResting: true }), undefined);
});

test('where nothing is recorded, none are sent unseen, unless a rule has to look; and then none are kept', () => {
  assert.equal(pace({ recordMs: 0 }, {}), undefined);
  assert.deepEqual(pace({ recordMs: 0 }, { isGuarded: true }), { intervalMs: 60_000, isKept: false });
  assert.deepEqual(pace({ recordMs: 0 }, { isWatched: true, isGuarded: true }), { intervalMs: 1_000, isKept: true });
});
