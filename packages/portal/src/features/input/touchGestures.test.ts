import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Gesture, TouchGestures } from './touchGestures.ts';

function setUp() {
  const seen: Gesture[] = [];
  const timers = new Set<() => void>();
  const touch = new TouchGestures(
    (gesture) => seen.push(gesture),
    (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  );
  const wait = () => {
    for (const run of [...timers]) run();
    timers.clear();
  };
  return { touch, seen, wait, types: () => seen.map((gesture) => gesture.type) };
}

test('a short touch is a tap where it began, even if it wandered a little', () => {
  const { touch, seen } = setUp();
  touch.down(1, { x: 10, y: 10 });
  touch.move(1, { x: 14, y: 12 });
  touch.up(1, { x: 14, y: 12 });
  assert.deepEqual(seen, [{ type: 'tap', at: { x: 10, y: 10 } }]);
});

test('a long touch is a hold, and its end is nothing more', () => {
  const { touch, wait, types } = setUp();
  touch.down(1, { x: 10, y: 10 });
  wait();
  touch.move(1, { x: 90, y: 90 });
  touch.up(1, { x: 90, y: 90 });
  assert.deepEqual(types(), ['hold']);
});

test('a moving finger drags from where it began and never holds', () => {
  const { touch, seen, wait, types } = setUp();
  touch.down(1, { x: 0, y: 0 });
  touch.move(1, { x: 20, y: 0 });
  wait();
  touch.move(1, { x: 30, y: 5 });
  touch.up(1, { x: 30, y: 5 });
  assert.deepEqual(types(), ['dragStart', 'drag', 'drag', 'dragEnd']);
  assert.deepEqual(seen[0], { type: 'dragStart', at: { x: 0, y: 0 } });
  assert.deepEqual(seen[2], { type: 'drag', at: { x: 30, y: 5 }, dx: 10, dy: 5 });
});

test('two fingers moving together scroll by how far their middle moved', () => {
  const { touch, seen, types } = setUp();
  touch.down(1, { x: 0, y: 0 });
  touch.down(2, { x: 100, y: 0 });
  touch.move(1, { x: 0, y: 30 });
  touch.move(2, { x: 100, y: 30 });
  assert.ok(types().every((type) => type === 'scroll'));
  const total = seen.reduce((sum, gesture) => sum + (gesture.type === 'scroll' ? gesture.dy : 0), 0);
  assert.equal(total, 30);
});

test('two fingers moving apart pinch, and the factors multiply to the whole', () => {
  const { touch, seen, types } = setUp();
  touch.down(1, { x: 40, y: 0 });
  touch.down(2, { x: 60, y: 0 });
  touch.move(1, { x: 20, y: 0 });
  touch.move(2, { x: 80, y: 0 });
  assert.ok(types().every((type) => type === 'pinch'));
  const factor = seen.reduce((product, gesture) => product * (gesture.type === 'pinch' ? gesture.factor : 1), 1);
  assert.ok(Math.abs(factor - 3) < 1e-9);
});

test('after two fingers, one that stays does nothing until all have left', () => {
  const { touch, types } = setUp();
  touch.down(1, { x: 0, y: 0 });
  touch.down(2, { x: 100, y: 0 });
  touch.up(2, { x: 100, y: 0 });
  touch.move(1, { x: 50, y: 50 });
  touch.up(1, { x: 50, y: 50 });
  assert.deepEqual(types(), []);
  touch.down(1, { x: 0, y: 0 });
  touch.up(1, { x: 0, y: 0 });
  assert.deepEqual(types(), ['tap']);
});

test('a cancelled drag ends, so that no button stays down', () => {
  const { touch, types } = setUp();
  touch.down(1, { x: 0, y: 0 });
  touch.move(1, { x: 50, y: 0 });
  touch.cancel();
  assert.equal(types().at(-1), 'dragEnd');
  touch.cancel();
  assert.equal(types().filter((type) => type === 'dragEnd').length, 1);
});

test('fingers that nobody announced are ignored', () => {
  const { touch, types } = setUp();
  touch.move(7, { x: 0, y: 0 });
  touch.up(7, { x: 0, y: 0 });
  assert.deepEqual(types(), []);
});
