import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { PreparedArchives } from './preparedArchives.ts';

const ANN = { user: 'ann', device: 'desk' };

function isKnown(archives: PreparedArchives, owner: typeof ANN, id: string): boolean {
  try {
    return archives.paths(owner, id).length > 0;
  } catch (error) {
    assert.ok(error instanceof PortholeError);
    assert.equal(error.code, 'archive.unknown');
    return false;
  }
}

test('it is found for ten minutes, as often as wanted, by its person and on its device alone', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const archives = new PreparedArchives();
  const id = archives.add(ANN, ['/a', '/b']);
  assert.deepEqual(
    [archives.paths(ANN, id), archives.paths(ANN, id)],
    [
      ['/a', '/b'],
      ['/a', '/b'],
    ],
  );
  assert.equal(isKnown(archives, { user: 'bob', device: 'desk' }, id), false);
  assert.equal(isKnown(archives, { user: 'ann', device: 'lab' }, id), false);
  assert.equal(isKnown(archives, ANN, 'another'), false);
  t.mock.timers.tick(10 * 60_000 - 1);
  assert.equal(isKnown(archives, ANN, id), true);
  t.mock.timers.tick(1);
  assert.equal(isKnown(archives, ANN, id), false);
});

test("a person's oldest makes room for the next, and nobody else's", (t) => {
  const archives = new PreparedArchives();
  t.after(() => archives.close());
  const bob = { user: 'bob', device: 'desk' };
  const first = archives.add(bob, ['/b']);
  const mine = Array.from({ length: 10 }, () => archives.add(ANN, ['/a']));
  assert.deepEqual(
    mine.map((id) => isKnown(archives, ANN, id)),
    [false, false, ...Array.from({ length: 8 }, () => true)],
  );
  assert.equal(isKnown(archives, bob, first), true);
});
