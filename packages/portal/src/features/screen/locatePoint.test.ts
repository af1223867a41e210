import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locatePoint } from './locatePoint.ts';

const monitors = [
  { id: 'left', name: 'L', x: 0, y: 0, width: 1920, height: 1080 },
  { id: 'right', name: 'R', x: 1920, y: 200, width: 1280, height: 1024 },
];
const box = { left: 10, top: 20, width: 640, height: 512 };

test('a point on one monitor is told in pixels of the whole display', () => {
  const screen = { width: 1280, height: 1024, monitor: 'right', monitors };
  assert.deepEqual(locatePoint(screen, { x: 10, y: 20 }, box), { x: 1920, y: 200 });
  assert.deepEqual(locatePoint(screen, { x: 330, y: 276 }, box), { x: 2560, y: 712 });
});

test('on the whole display, and on a monitor that is not listed, the picture is the measure', () => {
  const whole = { width: 3200, height: 1224, monitor: '', monitors };
  assert.deepEqual(locatePoint(whole, { x: 650, y: 532 }, box), { x: 3199, y: 1223 });
  assert.deepEqual(locatePoint({ ...whole, monitor: 'gone' }, { x: 10, y: 20 }, box), { x: 0, y: 0 });
});

test('without a picture there is no place', () => {
  assert.equal(locatePoint({ width: 0, height: 0, monitor: '', monitors }, { x: 1, y: 1 }, box), undefined);
});
