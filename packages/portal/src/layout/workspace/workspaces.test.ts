import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from './workspace.ts';
import { MOST_WARM, Workspaces } from './workspaces.ts';

function scene() {
  const made: string[] = [];
  const workspaces = new Workspaces((home) => {
    made.push(home);
    return new Workspace({
      home,
      exists: () => true,
      titleOf: ({ kind }) => kind,
      kept: async () => undefined,
      keep: () => undefined,
    });
  });
  const visit = (pathname: string, state: unknown = null) => workspaces.follow({ pathname, search: '', state });
  const warm = () => workspaces.state.get().warm.map(({ home }) => home);
  return { made, workspaces, visit, warm };
}

test('a device that is left stays warm, and coming back makes nothing anew', () => {
  const { made, workspaces, visit } = scene();
  visit('/devices/a');
  const first = workspaces.state.get().shown;
  visit('/devices/b/files');
  visit('/');
  assert.equal(workspaces.state.get().shown, undefined);
  visit('/devices/a/terminal');
  assert.equal(workspaces.state.get().shown, first);
  assert.deepEqual(made, ['a', 'b']);
});

test('only so many stay warm: the one that was looked at longest ago is let go', () => {
  const { visit, warm } = scene();
  const homes = Array.from({ length: MOST_WARM }, (_, at) => `d${at}`);
  for (const home of homes) visit(`/devices/${home}`);
  visit('/devices/d0');
  visit('/devices/new');
  assert.deepEqual(warm(), [...homes.filter((home) => home !== 'd1'), 'new']);
});

test('an address that was visited within another workspace leads back into that one', () => {
  const { visit, workspaces } = scene();
  visit('/devices/a');
  visit('/devices/b/files', { workspace: 'a', panel: null });
  assert.equal(workspaces.state.get().shown?.home, 'a');
  visit('/devices/b/files', 'whatever');
  assert.equal(workspaces.state.get().shown?.home, 'b');
});

test('closing a device lets go of it, shown or not', () => {
  const { visit, warm, workspaces } = scene();
  visit('/devices/a');
  visit('/devices/b');
  workspaces.close('a');
  assert.deepEqual(warm(), ['b']);
  workspaces.close('b');
  assert.deepEqual([warm(), workspaces.state.get().shown], [[], undefined]);
});
