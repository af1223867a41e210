import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillCommand, PortholeError, type SavedCommand } from '@porthole/protocol';
import { commandHub } from '../../testing/commandHub.ts';

const LOGS = {
  name: 'logs',
  what: {
    kind: 'argv',
    argv: ['journalctl', { parts: ['--unit=', { parameter: 'unit' }] }, { parts: [{ parameter: 'n' }] }],
  },
  parameters: [
    { name: 'unit', label: 'Unit' },
    { name: 'n', default: '-n5', choices: ['-n5', '-n50'] },
  ],
};

test('a saved command is everybody’s to use who may run commands, and its owner’s and admins’ to change', async (t) => {
  const hub = await commandHub(t);
  hub.device(0);
  const made = await hub.ask<SavedCommand>('POST', '/api/commands', { body: LOGS });
  assert.deepEqual([made.status, made.json.owner, made.json.changeable], [200, 'operator', true]);
  const list = async (role: 'admin' | 'operator' | 'viewer') =>
    (await hub.ask<{ commands: SavedCommand[] }>('GET', '/api/commands', { role })).json.commands.length;
  assert.deepEqual([await list('admin'), await list('operator'), await list('viewer')], [1, 1, 0]);
  const path = `/api/commands/${made.json.id}`;
  const change = (role: 'admin' | 'operator' | 'viewer', body: unknown) => hub.ask('PUT', path, { role, body });
  assert.equal((await change('viewer', LOGS)).status, 404);
  assert.equal((await change('admin', { ...LOGS, name: 'new' })).status, 200);
  const ofAdmin = await hub.ask<SavedCommand>('POST', '/api/commands', { role: 'admin', body: LOGS });
  assert.equal((await hub.ask('DELETE', `/api/commands/${ofAdmin.json.id}`)).status, 404);
  assert.equal((await hub.ask('DELETE', path)).status, 204);
  assert.equal(await list('operator'), 1);
  assert.equal((await hub.ask('POST', '/api/commands', { role: 'viewer', body: LOGS })).status, 404);
});

test('a command that does not fit together is not saved', async (t) => {
  const hub = await commandHub(t);
  hub.device(0);
  const wrong = [
    { ...LOGS, parameters: [] },
    { ...LOGS, parameters: [...LOGS.parameters, { name: 'n' }] },
    { ...LOGS, parameters: [{ name: 'unit' }, { name: 'n', default: 'x', choices: ['y'] }] },
    { ...LOGS, name: ' ' },
    { ...LOGS, what: { kind: 'argv', argv: [] } },
  ];
  for (const body of wrong) assert.equal((await hub.ask('POST', '/api/commands', { body })).status, 400);
});

test('what is filled in stays one argument, whatever it is', () => {
  const saved = LOGS as unknown as SavedCommand;
  const unit = 'x; rm -rf / $(id) \' "\n--flag';
  assert.deepEqual(fillCommand(saved, { unit }), { kind: 'argv', argv: ['journalctl', `--unit=${unit}`, '-n5'] });
  for (const values of [{}, { unit: 'a', n: '-n6' }, { unit: 'a\0b' }]) {
    assert.throws(() => fillCommand(saved, values), PortholeError);
  }
  const script = { kind: 'script' as const, script: 'echo "$1"', interpreter: '/bin/sh' };
  const what = { ...script, arguments: [{ parts: [{ parameter: 'unit' }] }] };
  assert.deepEqual(fillCommand({ what, parameters: saved.parameters }, { unit }), { ...script, arguments: [unit] });
});
