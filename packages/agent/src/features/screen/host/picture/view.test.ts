import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { intersect } from './dirtyRegion.ts';
import { View } from './view.ts';

const side = fc.integer({ min: 1, max: 60 });
const rect = fc.record({ x: fc.nat(80), y: fc.nat(80), width: side, height: side });

test('what the view shows of a rectangle covers all of it that is in the area, and lies inside the view', () => {
  fc.assert(
    fc.property(rect, rect, fc.integer({ min: 1, max: 4 }), (area, rect, shrink) => {
      const view = new View(area, shrink);
      const shown = view.fromDisplay(rect);
      const both = intersect(rect, area);
      assert.equal(shown === undefined, both === undefined);
      if (!shown || !both) return;
      assert.deepEqual(intersect(shown, view.whole), shown);
      const back = view.toDisplay(shown);
      assert.deepEqual(intersect(back, both), both);
      assert.deepEqual(intersect(back, area), back);
    }),
    { seed: 41, numRuns: 500 },
  );
});

test('at full size the view only moves', () => {
  const view = new View({ x: 100, y: 50, width: 640, height: 480 }, 1);
  assert.deepEqual(view.fromDisplay({ x: 110, y: 55, width: 5, height: 6 }), { x: 10, y: 5, width: 5, height: 6 });
  assert.deepEqual([view.width, view.height], [640, 480]);
});
