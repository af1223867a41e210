import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, CommandsRegistry } from './commandsRegistry.ts';

const command = (id: string, title: string): Command => ({ id, title, section: 'here', run: () => undefined });

test('sources are asked for what they have now, until they leave', () => {
  const registry = new CommandsRegistry();
  let titles = ['a'];
  const leave = registry.add(() => titles.map((title) => command(title, title)));
  titles = ['b', 'c'];
  assert.deepEqual(
    registry.all().map(({ title }) => title),
    ['b', 'c'],
  );
  leave();
  leave();
  assert.deepEqual(registry.all(), []);
});

test('of two commands of one id there is the one whose source came last', () => {
  const registry = new CommandsRegistry();
  registry.add(() => [command('x', 'far')]);
  registry.add(() => [command('x', 'near')]);
  assert.deepEqual(
    registry.all().map(({ title }) => title),
    ['near'],
  );
});
