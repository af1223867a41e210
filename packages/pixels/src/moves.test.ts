import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finding, orderMoves } from './moves.ts';

function finding(gain: number, [x, y]: [number, number], shift: number): Finding {
  return { from: { x, y: y - shift }, to: { x, y, width: 10, height: 10 }, gain };
}

test('moves that do not meet come in order of their gain', () => {
  const moves = [finding(1, [0, 50], 5), finding(3, [20, 50], 5), finding(2, [40, 50], 5)];
  assert.deepEqual(
    orderMoves(moves).map(({ gain }) => gain),
    [3, 2, 1],
  );
});

test('a move that another one reads from waits for it', () => {
  const upper = finding(9, [0, 20], 10);
  const lower = finding(1, [0, 30], 10);
  assert.deepEqual(orderMoves([upper, lower]), [lower, upper]);
});

test('of moves that swap two places, the greater one stays', () => {
  const down = finding(5, [0, 10], 10);
  const up = finding(4, [0, 0], -10);
  assert.deepEqual(orderMoves([up, down]), [down]);
});
