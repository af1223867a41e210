import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FitRequest, fitScreen, toDisplay } from './fitScreen.ts';

const fit = (request: Partial<FitRequest>) =>
  fitScreen({
    container: { width: 1280, height: 800 },
    display: { width: 1920, height: 1080 },
    ratio: 1,
    mode: 'fit',
    zoom: 1,
    ...request,
  });

test('a larger display shrinks to what is free and is centred', () => {
  assert.deepEqual(fit({}), { width: 1280, height: 720, left: 0, top: 40, factor: 1280 / 1920, pixelated: false });
});

test('a display that nearly fills the room is shown pixel for pixel', () => {
  const { factor, width, left, pixelated } = fit({ container: { width: 2400, height: 1300 } });
  assert.deepEqual({ factor, width, left, pixelated }, { factor: 1, width: 1920, left: 240, pixelated: false });
});

test('whole factors are drawn with hard pixels', () => {
  const { factor, pixelated } = fit({ display: { width: 640, height: 400 } });
  assert.deepEqual({ factor, pixelated }, { factor: 2, pixelated: true });
});

test('where a whole factor would waste too much room, a broken one is smoothed', () => {
  const { factor, pixelated } = fit({ display: { width: 700, height: 430 } });
  assert.equal(pixelated, false);
  assert.ok(factor > 1.8 && factor < 2);
});

test('on a dense display one remote pixel may be one of the many real ones', () => {
  const { factor, width } = fit({ ratio: 2, container: { width: 1000, height: 600 } });
  assert.deepEqual({ factor, width }, { factor: 1, width: 960 });
});

test('1:1 is one pixel for one pixel, however large', () => {
  const { width, height, left, top } = fit({ mode: 'actual', ratio: 1.5 });
  assert.deepEqual({ width, height, left, top }, { width: 1280, height: 720, left: 0, top: 40 });
  assert.deepEqual(fit({ mode: 'actual' }).width, 1920);
});

test('the picture begins on a whole device pixel', () => {
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    const { left, top, width, height } = fit({ ratio, container: { width: 1001, height: 777 } });
    for (const edge of [left, top, width, height]) {
      assert.ok(Math.abs(edge * ratio - Math.round(edge * ratio)) < 1e-6, `${edge} at ${ratio}`);
    }
  }
});

test('the zoom multiplies', () => {
  assert.equal(fit({ zoom: 2 }).width, 2560);
});

test('no display and no room give an empty picture, not an impossible one', () => {
  assert.equal(fit({ display: { width: 0, height: 0 } }).width, 0);
  const { width, height } = fit({ container: { width: 0, height: 0 } });
  assert.ok(width >= 0 && height >= 0 && Number.isFinite(width) && Number.isFinite(height));
});

test('a point of the page becomes the pixel under it', () => {
  const box = { left: 100, top: 50, width: 960, height: 540 };
  const display = { width: 1920, height: 1080 };
  assert.deepEqual(toDisplay({ x: 100, y: 50 }, box, display), { x: 0, y: 0 });
  assert.deepEqual(toDisplay({ x: 580, y: 320 }, box, display), { x: 960, y: 540 });
  assert.deepEqual(toDisplay({ x: 1059.9, y: 589.9 }, box, display), { x: 1919, y: 1079 });
});

test('a point outside stays at the edge, and an empty box gives the corner', () => {
  const display = { width: 1920, height: 1080 };
  const box = { left: 0, top: 0, width: 960, height: 540 };
  assert.deepEqual(toDisplay({ x: -5, y: 9999 }, box, display), { x: 0, y: 1079 });
  assert.deepEqual(toDisplay({ x: 5, y: 5 }, { left: 0, top: 0, width: 0, height: 0 }, display), { x: 0, y: 0 });
});
