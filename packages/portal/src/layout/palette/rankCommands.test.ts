import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandSection } from '../../base/commandsRegistry.ts';
import { makeSearchable, rankCommands } from './rankCommands.ts';

const command = (id: string, title: string, section: CommandSection = 'here', detail = '', words = ''): Command => ({
  id,
  title,
  section,
  detail,
  words,
  run: () => undefined,
});
const COMMANDS = [
  command('take', 'Take control', 'here', 'desk'),
  command('files', 'Files', 'devices', 'desk'),
  command('desk', 'desk', 'devices', 'Online', 'Debian'),
  command('attic', 'Café attic', 'devices', 'Offline', 'Windows'),
  command('full', 'Full screen', 'here', 'desk', 'fullscreen'),
];
const ids = (query: string, recent: string[] = []) =>
  rankCommands(makeSearchable(COMMANDS), query, recent).map(({ id }) => id);

test('what is called so comes before what is about it', () => {
  assert.deepEqual(ids('desk').slice(0, 1), ['desk']);
  assert.deepEqual(ids('files desk'), ['files']);
});

test('case, accents and the order of words do not matter', () => {
  assert.deepEqual(ids('ATTIC cafe'), ['attic']);
});

test('letters in order are enough, from the beginning of a word', () => {
  assert.deepEqual(ids('tkctrl'), ['take']);
  assert.deepEqual(ids('akecontrol'), []);
});

test('other words by which people look are known', () => {
  assert.deepEqual(ids('fullscreen'), ['full']);
  assert.deepEqual(ids('windows'), ['attic']);
});

test('of what fits as well, what was used lately comes first; also before anything is typed', () => {
  const twins = makeSearchable([command('a', 'Move left'), command('b', 'Move down')]);
  assert.equal(rankCommands(twins, 'move', ['a'])[0]?.id, 'a');
  assert.equal(rankCommands(twins, 'move', ['b'])[0]?.id, 'b');
  assert.deepEqual(ids('', ['attic', 'gone', 'full']).slice(0, 2), ['attic', 'full']);
});

test('a thousand devices do not bury the rest, and are all found', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => command(`d${at}`, `lab-${at}`, 'devices'));
  const all = makeSearchable([...many, ...COMMANDS]);
  assert.ok(rankCommands(all, '', []).some(({ id }) => id === 'take'));
  for (const query of ['lab 777', 'lab-777', '777']) assert.equal(rankCommands(all, query, [])[0]?.id, 'd777');
  assert.ok(rankCommands(all, 'lab', []).length <= 50);
});
