import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from './store.ts';
import { throttled } from './throttled.ts';

function scene() {
  const store = new Store(0);
  const timers: (() => void)[] = [];
  const slow = throttled(store, 100, (run) => {
    timers.push(run);
    return () => timers.splice(timers.indexOf(run), 1);
  });
  const heard: number[] = [];
  const leave = slow.subscribe(() => heard.push(slow.get()));
  return { store, heard, leave, timers, pass: () => timers.shift()?.() };
}

test('the first change is heard at once, those after it as one, and the last always', () => {
  const { store, heard, pass } = scene();
  for (const value of [1, 2, 3]) store.set(value);
  assert.deepEqual(heard, [1]);
  pass();
  assert.deepEqual(heard, [1, 3]);
  pass();
  store.set(4);
  assert.deepEqual(heard, [1, 3, 4]);
});

test('who left hears nothing, and leaves no timer', () => {
  const { store, heard, leave, timers } = scene();
  store.set(1);
  leave();
  store.set(2);
  assert.deepEqual([heard, timers.length], [[1], 0]);
});
