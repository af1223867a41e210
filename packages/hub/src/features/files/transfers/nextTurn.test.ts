import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTurn } from './nextTurn.ts';

function turns(users: string) {
  return [...users].map((userId, at) => ({ row: { userId }, at }));
}

/** The users whose copies run, in the order in which they got their turns. */
function order(waiting: string, running = ''): string {
  const [waits, runs] = [turns(waiting), turns(running)];
  for (let next = nextTurn(waits, runs); next; next = nextTurn(waits, runs)) {
    waits.splice(waits.indexOf(next), 1);
    runs.push(next);
  }
  return runs.map(({ row }) => row.userId).join('');
}

test('the next turn is of the user who has the fewest, the oldest first', () => {
  assert.equal(order('aab', 'a'), 'abaa');
  assert.equal(order('bab', ''), 'bab');
  assert.equal(nextTurn(turns('aba'), turns('b'))?.at, 0);
});

test('one user never has all places', () => {
  assert.equal(order('aaaaaaaa'), 'aaaa');
  assert.equal(order('aaaaaaab'), 'abaaa');
});

test('there are no more than sixteen', () => {
  assert.equal(order('abcdefghijklmnopqrstuvwxyz').length, 16);
  assert.equal(nextTurn([], []), undefined);
});
