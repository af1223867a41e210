import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AllPreferences, PortholeError } from '@porthole/protocol';
import { BUILT_IN } from './builtIn.ts';
import { Preferences } from './preferences.ts';
import type { PreferencesRoutes } from './preferencesApi.ts';

const TABLE = { ...BUILT_IN.homeWide, view: 'table' as const };
const WALL = { ...BUILT_IN.homeWide, view: 'wall' as const };
const ID = 'a'.repeat(26);

/** A hub of one user, a clock that the test moves, and answers that it may hold back. */
function scene(kept: AllPreferences = { own: {}, defaults: {} }) {
  const saved: [string, unknown][] = [];
  const hub = { kept, refuse: false, hold: undefined as Promise<void> | undefined };
  const act = async (name: string, value: unknown) => {
    await hub.hold;
    if (hub.refuse) throw new PortholeError('internal', 'The drive is full.');
    saved.push([name, value]);
  };
  const routes: PreferencesRoutes = {
    read: async () => {
      const answer = hub.kept;
      await hub.hold;
      return answer;
    },
    save: (part, value) => act(part, value),
    forget: (part) => act(part, null),
    saveDefault: (part, value) => act(`defaults/${part}`, value),
    forgetDefault: (part) => act(`defaults/${part}`, null),
    replace: (all) => act('all', all),
  };
  const timers = new Set<() => void>();
  const preferences = new Preferences(routes, (run) => {
    timers.add(run);
    return () => timers.delete(run);
  });
  const pass = async () => {
    for (const run of [...timers]) {
      timers.delete(run);
      run();
    }
    await preferences.flush();
  };
  return { preferences, saved, hub, pass };
}

test('what is built in holds until the hub answers, then its default, then what the user chose', async () => {
  const { preferences, hub } = scene({ own: { favourites: [ID] }, defaults: { homeWide: TABLE } });
  assert.equal(preferences.get('homeWide').view, 'cards');
  assert.equal(preferences.ready.get(), false);
  await preferences.read();
  assert.deepEqual([preferences.get('homeWide').view, preferences.get('favourites')], ['table', [ID]]);
  assert.deepEqual([preferences.isOwn('homeWide'), preferences.isOwn('favourites')], [false, true]);
  hub.kept = { own: { homeWide: WALL }, defaults: { homeWide: TABLE } };
  await preferences.read();
  assert.equal(preferences.get('homeWide').view, 'wall');
});

test('who waits for the first answer does not wait for ever', async () => {
  const { preferences, hub, pass } = scene();
  let release: () => void = () => undefined;
  hub.hold = new Promise((resolve) => {
    release = resolve;
  });
  const reading = preferences.read();
  assert.equal(preferences.ready.get(), false);
  await pass();
  assert.equal(preferences.ready.get(), true);
  release();
  await reading;
});

test('many changes hold at once and are saved as the last one, once', async () => {
  const { preferences, saved, pass } = scene();
  preferences.set('homeWide', TABLE);
  preferences.set('homeWide', WALL);
  assert.equal(preferences.get('homeWide').view, 'wall');
  assert.deepEqual(saved, []);
  await pass();
  assert.deepEqual(saved, [['homeWide', WALL]]);
});

test('what could not be saved is told and kept, and saved with the next connection', async () => {
  const { preferences, saved, hub, pass } = scene();
  hub.refuse = true;
  preferences.set('homeWide', TABLE);
  await pass();
  assert.deepEqual([preferences.problem.get(), preferences.get('homeWide').view], ['The drive is full.', 'table']);
  await preferences.read();
  assert.equal(preferences.get('homeWide').view, 'table', 'what the hub still has does not undo it');
  hub.refuse = false;
  preferences.connected();
  await preferences.flush();
  assert.deepEqual([saved, preferences.problem.get()], [[['homeWide', TABLE]], undefined]);
});

test('an answer that was under way while something changed does not undo the change', async () => {
  const { preferences, hub, pass } = scene();
  let release: () => void = () => undefined;
  hub.hold = new Promise((resolve) => {
    release = resolve;
  });
  const reading = preferences.read();
  preferences.set('homeWide', TABLE);
  const saving = pass();
  release();
  await Promise.all([reading, saving]);
  assert.equal(preferences.get('homeWide').view, 'table');
});

test('a reset goes back to the default and tells the hub', async () => {
  const { preferences, saved, pass } = scene({ own: { homeWide: WALL }, defaults: { homeWide: TABLE } });
  await preferences.read();
  preferences.reset('homeWide');
  assert.deepEqual([preferences.get('homeWide').view, preferences.isOwn('homeWide')], ['table', false]);
  await pass();
  assert.deepEqual(saved, [['homeWide', null]]);
});

test('what is exported is what the user chose, saved or not, and comes back as one', async () => {
  const { preferences, saved } = scene({ own: { favourites: [ID] }, defaults: { homeWide: TABLE } });
  await preferences.read();
  preferences.set('order', [ID]);
  const file = preferences.export();
  assert.deepEqual(file, { favourites: [ID], order: [ID] });
  await preferences.replace({ homeWide: WALL });
  assert.deepEqual([preferences.get('homeWide').view, preferences.get('favourites')], ['wall', []]);
  assert.deepEqual(saved, [['all', { homeWide: WALL }]]);
});

test('a refused import changes nothing', async () => {
  const { preferences, hub } = scene({ own: { favourites: [ID] }, defaults: {} });
  await preferences.read();
  hub.refuse = true;
  await assert.rejects(preferences.replace({ homeWide: WALL }));
  assert.deepEqual([preferences.get('homeWide').view, preferences.get('favourites')], ['cards', [ID]]);
});

test('who follows a part hears of that part only, and not of the same again', async () => {
  const { preferences } = scene({ own: { homeWide: TABLE }, defaults: {} });
  let heard = 0;
  preferences.follow('homeWide').subscribe(() => {
    heard += 1;
  });
  preferences.set('order', [ID]);
  await preferences.read();
  await preferences.read();
  assert.equal(heard, 1);
});
