import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIT, fitScale, zoomAt } from './imagePose.ts';

test('a large picture is fitted in, turned or not, and a small one keeps its size', () => {
  const stage = { width: 1000, height: 500 };
  assert.equal(fitScale({ width: 2000, height: 500 }, stage, 0), 0.5);
  assert.equal(fitScale({ width: 2000, height: 500 }, stage, 1), 0.25);
  assert.equal(fitScale({ width: 10, height: 10 }, stage, 0), 1);
  assert.equal(fitScale({ width: 0, height: 0 }, stage, 0), 1);
});

test('the point under the pointer stays under the pointer', () => {
  const point = { x: 100, y: -40 };
  const before = { ...FIT, scale: 0.5, x: 20, y: 10 };
  const after = zoomAt(before, 2, point, 1);
  const onPicture = (pose: typeof before) => [
    (point.x - pose.x) / (pose.scale ?? 1),
    (point.y - pose.y) / (pose.scale ?? 1),
  ];
  assert.deepEqual(onPicture({ ...after, scale: after.scale ?? 1 }), onPicture(before));
  assert.equal(after.scale, 1);
});

test('zooming has its ends, and stays put there', () => {
  const most = { ...FIT, scale: 64, x: 5, y: 5 };
  assert.deepEqual(zoomAt(most, 2, { x: 50, y: 50 }, 1), most);
});
