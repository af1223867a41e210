import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SCREEN_SETTINGS } from '@porthole/protocol';
import { ScreenPreferences } from './screenPreferences.ts';
import type { OwnSettings } from './screenSettings.ts';

const DEVICE = { ...DEFAULT_SCREEN_SETTINGS, maxFps: 5 };

/** A person with these choices; `saved` is what was remembered, `heard` what was in force one after the other. */
function person(own: OwnSettings = {}) {
  const saved: OwnSettings[] = [];
  const preferences = new ScreenPreferences({ defaults: DEVICE, own, save: (next) => saved.push(next) });
  const heard: number[] = [];
  preferences.settings.subscribe(() => heard.push(preferences.settings.get().maxFps));
  return { preferences, saved, heard };
}

test('field by field the own choice is in force, and what the device has otherwise', () => {
  const { preferences } = person({ shrink: 2 });
  assert.deepEqual(preferences.settings.get(), { ...DEVICE, shrink: 2 });
  preferences.setDefaults({ ...DEVICE, maxFps: 10, shrink: 3 });
  assert.deepEqual(preferences.settings.get(), { ...DEVICE, maxFps: 10, shrink: 2 });
});

test('a choice is remembered, and given back it is as the device has it at that moment', () => {
  const { preferences, saved, heard } = person();
  preferences.choose({ maxFps: 30 });
  preferences.setDefaults({ ...DEVICE, maxFps: 7 });
  preferences.reset('maxFps');
  assert.deepEqual(saved, [{ maxFps: 30 }, {}]);
  assert.deepEqual(heard, [30, 7]);
});

test('a choice that is what the device has anyway is a choice: it stays when the device changes', () => {
  const { preferences, heard } = person();
  preferences.choose({ maxFps: 5 });
  preferences.setDefaults({ ...DEVICE, maxFps: 60 });
  assert.deepEqual([preferences.settings.get().maxFps, heard], [5, []]);
});

test('the same defaults told again wake nobody', () => {
  const { preferences, heard, saved } = person({ maxFps: 30 });
  preferences.setDefaults({ ...DEVICE });
  assert.deepEqual([heard, saved], [[], []]);
});

test('what was saved for everybody gives way once the hub says so, without a flicker in either order', () => {
  for (const order of ['answer first', 'news first']) {
    const { preferences, heard, saved } = person({ maxFps: 30, shrink: 2 });
    const everybody = { ...preferences.settings.get() };
    if (order === 'answer first') preferences.yieldTo(everybody);
    preferences.setDefaults(everybody);
    if (order === 'news first') preferences.yieldTo(everybody);
    assert.deepEqual([preferences.own.get(), saved.at(-1), heard], [{}, {}, []], order);
    preferences.setDefaults(DEVICE);
    assert.deepEqual(preferences.settings.get(), DEVICE);
  }
});

test('what was chosen anew while it was saved stays chosen, and so does all when somebody else was last', () => {
  const { preferences } = person({ maxFps: 30 });
  const everybody = { ...preferences.settings.get() };
  preferences.choose({ maxFps: 40 });
  preferences.setDefaults(everybody);
  preferences.yieldTo(everybody);
  assert.deepEqual(preferences.own.get(), { maxFps: 40 });
  const other = person({ maxFps: 30 });
  other.preferences.setDefaults({ ...DEVICE, maxFps: 1 });
  other.preferences.yieldTo(everybody);
  assert.equal(other.preferences.settings.get().maxFps, 30);
});
