import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLive, rangeOf, zoomBy, zoomTo } from './timeView.ts';

const NOW = 1_000_000_000;

test('a span ends now, a chosen piece stays where it is', () => {
  assert.deepEqual(rangeOf({ kind: 'span', span: 'hour' }, NOW), { from: NOW - 3_600_000, to: NOW });
  const piece = { kind: 'range', from: 5, to: 9 } as const;
  assert.deepEqual(rangeOf(piece, NOW), piece);
});

test('what comes in is shown at the end of the last minute and hour only', () => {
  assert.deepEqual([isLive({ kind: 'span', span: 'minute' }), isLive({ kind: 'span', span: 'day' })], [true, false]);
  assert.equal(isLive({ kind: 'range', from: 0, to: 1 }), false);
});

test('a marked piece may be marked from either end, is never tiny and never in the future', () => {
  assert.deepEqual(zoomTo(NOW - 50_000, NOW - 100_000, NOW), { kind: 'range', from: NOW - 100_000, to: NOW - 50_000 });
  assert.deepEqual(zoomTo(NOW - 50_001, NOW - 50_000, NOW), { kind: 'range', from: NOW - 55_000, to: NOW - 45_000 });
  assert.deepEqual(zoomTo(NOW - 1_000, NOW + 90_000, NOW), { kind: 'range', from: NOW - 10_000, to: NOW });
});

test('zooming in and out keeps the moment under the cursor', () => {
  const view = { kind: 'range', from: NOW - 400_000, to: NOW - 200_000 } as const;
  assert.deepEqual(zoomBy(view, 0.5, NOW - 400_000, NOW), { kind: 'range', from: NOW - 400_000, to: NOW - 300_000 });
  assert.deepEqual(zoomBy(view, 2, NOW - 300_000, NOW), { kind: 'range', from: NOW - 500_000, to: NOW - 100_000 });
});
