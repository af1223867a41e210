import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AllPreferences, type Appearance, type HomeSettings, PREFERENCE_PART_NAMES } from '@porthole/protocol';
import type { Cleanup } from '../testing/temporaryFolder.ts';
import { startTestHub, type TestHub } from '../testing/testHub.ts';

const DARK: Appearance = {
  scheme: 'dark',
  accent: 'teal',
  density: 'compact',
  language: 'de',
  motion: 'reduced',
};
const HOME: HomeSettings = {
  view: 'table',
  fields: { cards: ['cpu'], table: ['cpu', 'memory'], list: [], wall: ['picture'] },
  size: 200,
  grouping: 'group',
  sorting: 'number',
  descending: true,
  unhealthyFirst: true,
  favouritesFirst: false,
};

async function setUp(t: Cleanup) {
  const hub = await startTestHub(t);
  return { hub, ann: asker(hub, await hub.signIn('ann')), bob: asker(hub, await hub.signIn('bob', 'viewer')) };
}

function asker(hub: TestHub, cookie: string) {
  const ask = async (method: string, path: string, body?: unknown) =>
    (await hub.ask({ method, path: `/api/preferences${path}`, body, headers: { cookie } })).status;
  const all = async (): Promise<AllPreferences> => {
    const { text } = await hub.ask({ path: '/api/preferences', headers: { cookie } });
    return JSON.parse(text);
  };
  return { ask, all };
}

test('each user has preferences of their own, part by part, until they give one back', async (t) => {
  const { ann, bob } = await setUp(t);
  assert.deepEqual(await ann.all(), { own: {}, defaults: {} });
  assert.equal(await ann.ask('PUT', '/appearance', { value: DARK }), 204);
  assert.equal(await bob.ask('PUT', '/homeWide', { value: HOME }), 204);
  assert.equal(await ann.ask('PUT', '/favourites', { value: ['a'.repeat(26)] }), 204);
  assert.equal(await ann.ask('PUT', '/favourites', { value: ['b'.repeat(26)] }), 204);
  assert.deepEqual(await ann.all(), { own: { appearance: DARK, favourites: ['b'.repeat(26)] }, defaults: {} });
  assert.deepEqual(await bob.all(), { own: { homeWide: HOME }, defaults: {} });
  assert.equal(await ann.ask('DELETE', '/appearance'), 204);
  assert.equal(await ann.ask('DELETE', '/appearance'), 204);
  assert.deepEqual((await ann.all()).own, { favourites: ['b'.repeat(26)] });
});

test('an admin sets what others begin with, and that is in the log', async (t) => {
  const { hub, ann, bob } = await setUp(t);
  assert.equal(await ann.ask('PUT', '/defaults/homeWide', { value: HOME }), 204);
  assert.equal(await bob.ask('PUT', '/defaults/homeWide', { value: { ...HOME, size: 300 } }), 404);
  assert.equal(await bob.ask('DELETE', '/defaults/homeWide'), 404);
  assert.deepEqual(await bob.all(), { own: {}, defaults: { homeWide: HOME } });
  assert.equal(await ann.ask('DELETE', '/defaults/homeWide'), 204);
  assert.deepEqual((await bob.all()).defaults, {});
  const rows = hub.hub.services.audit.read().filter(({ action }) => action === 'settings.preferences');
  assert.deepEqual(
    rows.map(({ actor, target }) => [actor, target]),
    [
      ['ann', 'homeWide'],
      ['ann', 'homeWide'],
    ],
  );
});

test('an import replaces everything, and one that is not valid changes nothing', async (t) => {
  const { ann } = await setUp(t);
  await ann.ask('PUT', '/favourites', { value: [] });
  for (const bad of [[], { other: 1 }, { homeWide: { ...HOME, view: 'pile' } }, { favourites: ['x'] }, 'text'])
    assert.equal(await ann.ask('PUT', '', bad), 400, JSON.stringify(bad));
  assert.deepEqual((await ann.all()).own, { favourites: [] });
  assert.equal(await ann.ask('PUT', '', { appearance: DARK, homeNarrow: HOME }), 204);
  assert.deepEqual((await ann.all()).own, { appearance: DARK, homeNarrow: HOME });
});

test('what does not fit its part, and parts that do not exist, are refused', async (t) => {
  const { ann } = await setUp(t);
  for (const part of PREFERENCE_PART_NAMES) {
    assert.equal(await ann.ask('PUT', `/${part}`, { value: 7 }), 400);
    assert.equal(await ann.ask('PUT', `/${part}`, {}), 400);
  }
  for (const part of ['other', '__proto__', 'constructor', '%00', 'homeWide%2f'])
    assert.equal(await ann.ask('PUT', `/${part}`, { value: DARK }), 404);
  assert.deepEqual((await ann.all()).own, {});
});

test('all that one user keeps is bounded', async (t) => {
  const { ann } = await setUp(t);
  const layouts = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ id: `l${n}`, name: `Layout ${n}`, layout: 'x'.repeat(65_536) }));
  assert.equal(await ann.ask('PUT', '/layouts', { value: layouts(30) }), 204);
  assert.equal(await ann.ask('PUT', '/layouts', { value: layouts(33) }), 413);
  assert.equal((await ann.all()).own.layouts?.length, 30);
  assert.equal(await ann.ask('PUT', '/workspaces', { value: { '': 'x'.repeat(65_536) } }), 204);
  const more = { ['a'.repeat(26)]: 'x'.repeat(65_536), '': 'x'.repeat(65_536) };
  assert.equal(await ann.ask('PUT', '/workspaces', { value: more }), 413);
});

test('what an older hub stored and this one cannot read is left out; nobody signed in is told nothing', async (t) => {
  const { hub, ann } = await setUp(t);
  await ann.ask('PUT', '/appearance', { value: DARK });
  const { db } = hub.hub.services;
  db.run(db.sql.updateTable('preferences').set({ value: '{"scheme":"sepia"}' }));
  assert.deepEqual((await ann.all()).own, {});
  assert.equal((await hub.ask({ path: '/api/preferences' })).status, 401);
});

test('preferences go with their user', async (t) => {
  const { hub, bob } = await setUp(t);
  const { db, users } = hub.hub.services;
  await bob.ask('PUT', '/appearance', { value: DARK });
  users.remove('bob', 'ann');
  assert.deepEqual(db.all(db.sql.selectFrom('preferences').selectAll()), []);
});
