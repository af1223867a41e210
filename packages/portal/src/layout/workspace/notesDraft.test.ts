import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { NotesDraft } from './notesDraft.ts';

function scene(text = 'before') {
  const saved: string[] = [];
  const hub = { refuse: false, notes: text };
  const timers = new Set<() => void>();
  const draft = new NotesDraft({
    text,
    save: async (next, before) => {
      if (hub.refuse) throw new PortholeError('internal', 'The drive is full.');
      if (before !== hub.notes) throw new PortholeError('profile.changed');
      hub.notes = next;
      saved.push(next);
    },
    later: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  const pause = async () => {
    for (const run of [...timers]) {
      timers.delete(run);
      run();
    }
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { draft, saved, hub, pause, state: () => draft.state.get() };
}

test('what is typed is saved once when typing pauses', async () => {
  const { draft, saved, pause, state } = scene();
  draft.type('a');
  draft.type('ab');
  assert.deepEqual([saved, state().phase], [[], 'unsaved']);
  await pause();
  assert.deepEqual([saved, state().phase], [['ab'], 'saved']);
});

test('the echo of what was saved here is no conflict', async () => {
  const { draft, pause, state } = scene();
  draft.type('mine');
  await pause();
  draft.type('mine and more');
  draft.heard('mine');
  assert.equal(state().theirs, undefined);
});

test('what somebody else wrote is shown at once while nothing is unsaved here', () => {
  const { draft, state } = scene();
  draft.heard('theirs');
  assert.deepEqual([state().text, state().theirs], ['theirs', undefined]);
});

test('what somebody else wrote meanwhile is never overwritten without a decision', async () => {
  const { draft, saved, hub, pause, state } = scene();
  draft.type('mine');
  hub.notes = 'theirs';
  draft.heard('theirs');
  await pause();
  draft.type('mine still');
  await pause();
  draft.close();
  await pause();
  assert.deepEqual([saved, state().theirs], [[], 'theirs']);
  draft.keepMine();
  await pause();
  assert.deepEqual([saved, state().theirs, state().phase], [['mine still'], undefined, 'saved']);
});

test('what somebody else wrote in the same moment, unheard of here, is not overwritten either', async () => {
  const { draft, saved, hub, pause, state } = scene();
  draft.type('mine');
  hub.notes = 'theirs';
  await pause();
  assert.deepEqual([saved, state().phase, state().theirs], [[], 'unsaved', undefined]);
  draft.heard('theirs');
  assert.deepEqual([state().text, state().theirs], ['mine', 'theirs']);
  draft.keepMine();
  await pause();
  assert.deepEqual([saved, state().phase], [['mine'], 'saved']);
  // Somebody brings back what had been written here once.
  draft.type('more');
  await pause();
  hub.notes = 'mine';
  draft.heard('mine');
  draft.type('most');
  await pause();
  assert.deepEqual([saved, state().theirs], [['mine', 'more'], 'mine']);
});

test('taking theirs gives up what was written here', async () => {
  const { draft, saved, pause, state } = scene();
  draft.type('mine');
  draft.heard('theirs');
  draft.takeTheirs();
  await pause();
  assert.deepEqual([saved, state().text, state().phase], [[], 'theirs', 'saved']);
});

test('what could not be saved stays, with the reason, and is saved with the next pause', async () => {
  const { draft, saved, hub, pause, state } = scene();
  hub.refuse = true;
  draft.type('mine');
  await pause();
  assert.deepEqual([state().text, state().phase, state().problem], ['mine', 'unsaved', 'The drive is full.']);
  hub.refuse = false;
  draft.close();
  await pause();
  assert.deepEqual(saved, ['mine']);
});
