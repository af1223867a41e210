import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InTurn } from './inTurn.ts';

test('things are done in their order, and not more than some are prepared at once', async () => {
  const turns = new InTurn(2);
  const done: string[] = [];
  const slow = Promise.withResolvers<() => Promise<void>>();
  const does = (name: string) => async () => void done.push(name);
  await turns.add(slow.promise);
  await turns.add(Promise.resolve(does('b')));
  const third = turns.add(Promise.resolve(does('c')));
  assert.deepEqual(done, []);
  slow.resolve(does('a'));
  await third;
  assert.deepEqual(done, ['a']);
  await turns.all();
  assert.deepEqual(done, ['a', 'b', 'c']);
});

test('what goes wrong when something is done is told to whoever adds', async () => {
  const turns = new InTurn(0);
  const fails = async () => {
    throw new Error('no room');
  };
  await assert.rejects(turns.add(Promise.resolve(fails)), /no room/);
});
