import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameGate } from './frameGate.ts';

function setUp() {
  const sent: number[] = [];
  let next: (() => void) | undefined;
  const gate = new FrameGate<number>(
    (value) => sent.push(value),
    (run) => {
      next = run;
      return () => {
        next = undefined;
      };
    },
  );
  const frame = () => {
    const run = next;
    next = undefined;
    run?.();
  };
  return { gate, sent, frame, idle: () => next === undefined };
}

test('the first value goes at once, of the rest the newest per frame', () => {
  const { gate, sent, frame } = setUp();
  for (const value of [1, 2, 3]) gate.put(value);
  assert.deepEqual(sent, [1]);
  frame();
  assert.deepEqual(sent, [1, 3]);
  gate.put(4);
  assert.deepEqual(sent, [1, 3]);
  frame();
  assert.deepEqual(sent, [1, 3, 4]);
});

test('nothing runs while nothing moves', () => {
  const { gate, frame, idle } = setUp();
  gate.put(1);
  frame();
  assert.equal(idle(), true);
});

test('a flush sends what waits, once', () => {
  const { gate, sent, frame } = setUp();
  gate.put(1);
  gate.put(2);
  gate.flush();
  gate.flush();
  frame();
  assert.deepEqual(sent, [1, 2]);
});

test('a closed gate forgets what waits', () => {
  const { gate, sent, frame } = setUp();
  gate.put(1);
  gate.put(2);
  gate.close();
  frame();
  assert.deepEqual(sent, [1]);
});
