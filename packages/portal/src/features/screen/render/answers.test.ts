import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACK_DELAY_MS } from '@porthole/protocol';
import { Answers } from './answers.ts';

function listen() {
  const sent: number[] = [];
  return { sent, answers: new Answers(({ seq }) => sent.push(seq)) };
}

const costs = (seq: number) => ({ seq, decodeMs: 1, paintMs: 1 });

test('a picture is answered at once, and covers those before it that could wait', () => {
  const { sent, answers } = listen();
  answers.painted(costs(1), true);
  answers.painted(costs(2), true);
  assert.deepEqual(sent, []);
  answers.painted(costs(3), false);
  assert.deepEqual(sent, [3]);
});

test('an answer that can wait comes after a while, and none of an earlier stream', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, answers } = listen();
  answers.painted(costs(1), true);
  t.mock.timers.tick(ACK_DELAY_MS);
  assert.deepEqual(sent, [1]);
  answers.painted(costs(2), true);
  answers.reset();
  t.mock.timers.tick(ACK_DELAY_MS);
  assert.deepEqual(sent, [1]);
});

test('pictures that are never painted are answered at once', () => {
  const { sent, answers } = listen();
  answers.painted(costs(1), true);
  answers.skipped(4);
  assert.deepEqual(sent, [4]);
});
