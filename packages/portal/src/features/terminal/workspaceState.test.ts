import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepWorkspace, readWorkspace } from './keptWorkspace.ts';
import { neighbourOf, panesOf, splitPane, withShare } from './paneTree.ts';
import {
  activeTab,
  addSplit,
  addTab,
  allPanes,
  EMPTY,
  focusBeside,
  focusPane,
  moveBorder,
  nameSession,
  paneOf,
  removePane,
  type WorkspaceState,
  withoutSession,
} from './workspaceState.ts';

const SESSION = 'aaaaaaaaaaaaaaaa';

/** One tab: `a` on the left, `b` above `c` on the right; `b` has the keyboard last. */
function threePanes(): WorkspaceState {
  const split = addSplit(addSplit(addTab(EMPTY, 'a'), 'b', 'row'), 'c', 'column');
  return focusPane(split, 'b');
}

test('panes are found in the direction in which they lie', () => {
  const root = activeTab(threePanes())?.root;
  assert.ok(root);
  assert.deepEqual(panesOf(root), ['a', 'b', 'c']);
  assert.equal(neighbourOf(root, 'a', 'row', 1), 'b');
  assert.equal(neighbourOf(root, 'c', 'row', -1), 'a');
  assert.equal(neighbourOf(root, 'b', 'column', 1), 'c');
  assert.equal(neighbourOf(root, 'a', 'column', 1), undefined);
  assert.equal(activeTab(focusBeside(threePanes(), 'row', -1))?.focused, 'a');
});

test('a pane that goes leaves its place to its neighbour, and an empty tab goes with it', () => {
  const without = removePane(threePanes(), 'b');
  assert.deepEqual(allPanes(without), ['a', 'c']);
  assert.equal(activeTab(without)?.focused, 'a');
  const last = removePane(removePane(addTab(without, 'd'), 'a'), 'c');
  assert.deepEqual([last.tabs.length, last.active], [1, 'd']);
  assert.deepEqual(removePane(last, 'd'), EMPTY);
});

test('borders move within reason, and splits have a deepest one', () => {
  const moved = activeTab(moveBorder(threePanes(), ['second'], 0.99))?.root;
  assert.ok(moved?.kind === 'split' && moved.second.kind === 'split');
  assert.deepEqual([moved.share, moved.second.share], [0.5, 0.9]);
  let tree = activeTab(addTab(EMPTY, '0'))?.root;
  for (let count = 1; count < 30 && tree; count += 1) tree = splitPane(tree, `${count - 1}`, 'row', `${count}`);
  assert.ok(tree && panesOf(tree).length < 12);
  assert.equal(withShare({ kind: 'pane', pane: 'x' }, ['first'], 0.2).kind, 'pane');
});

test('what was arranged is found again, but for panes whose session never began', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const state = nameSession(nameSession(threePanes(), 'a', SESSION), 'c', 'bbbbbbbbbbbbbbbb');
  keepWorkspace(storage, 'device', state);
  const found = readWorkspace(storage, 'device');
  assert.deepEqual(allPanes(found), ['a', 'c']);
  assert.equal(paneOf(found, SESSION), 'a');
  assert.deepEqual(readWorkspace(storage, 'another'), EMPTY);
  assert.equal(paneOf(withoutSession(found, 'a'), SESSION), undefined);
});

test('nonsense that was kept is nothing', () => {
  const pane = { kind: 'pane', pane: 'a' };
  const tab = { id: 't', root: pane, focused: 'a' };
  const twice = { kind: 'split', direction: 'row', share: 0.5, first: pane, second: pane };
  const bad = [
    'nonsense',
    '{}',
    '[]',
    JSON.stringify({ tabs: [tab], active: 't', sessions: {} }),
    JSON.stringify({ tabs: [tab], active: 'x', sessions: { a: SESSION } }),
    JSON.stringify({ tabs: [{ ...tab, root: twice }], active: 't', sessions: { a: SESSION } }),
    JSON.stringify({ tabs: [tab], active: 't', sessions: { a: '../../x' } }),
  ];
  for (const text of bad) assert.deepEqual(readWorkspace({ getItem: () => text }, 'd'), EMPTY, text);
});
