import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PendingSockets } from './pendingSockets.ts';

function fill(sockets: PendingSockets, sources: readonly string[]) {
  const dropped: number[] = [];
  const pending = sources.map((source, index) => sockets.add(source, () => dropped.push(index)));
  return { dropped, pending };
}

test('beyond the limit of a source one of its connections is dropped by lot', () => {
  const sockets = new PendingSockets({ perSource: 2, total: 100 }, () => 0.5);
  const { dropped } = fill(sockets, ['a', 'b', 'a', 'a']);
  assert.deepEqual(dropped, [2]);
  assert.equal(sockets.size, 3);
});

test('beyond the limit of all, anybody may be dropped, the newcomer too', () => {
  const sockets = new PendingSockets({ perSource: 100, total: 2 }, () => 0.99);
  assert.deepEqual(fill(sockets, ['a', 'b', 'c']).dropped, [2]);
});

test('who is done makes room, and being done twice counts once', () => {
  const sockets = new PendingSockets({ perSource: 1, total: 1 });
  const { pending, dropped } = fill(sockets, ['a']);
  pending[0]?.done();
  pending[0]?.done();
  fill(sockets, ['a']);
  assert.deepEqual(dropped, []);
  assert.equal(sockets.size, 1);
});
