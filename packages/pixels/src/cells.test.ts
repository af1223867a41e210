import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeCells } from './cells.ts';

/** Rows as text, '#' marked. */
function merge(...lines: string[]) {
  const columns = lines[0]?.length ?? 0;
  const cells = Uint8Array.from([...lines.join('')].map((cell) => (cell === '#' ? 1 : 0)));
  const rects = mergeCells({ cells, columns, rows: lines.length });
  return rects.map(({ x, y, width, height }) => `${width}x${height}+${x}+${y}`);
}

test('nothing marked makes no rectangle', () => assert.deepEqual(merge('....', '....'), []));

test('cells side by side and one above the other make one rectangle', () => {
  assert.deepEqual(merge('.##.', '.##.', '.##.'), ['2x3+1+0']);
});

test('a small gap is bridged, a large one is not', () => {
  assert.deepEqual(merge('#.#.......#'), ['3x1+0+0', '1x1+10+0']);
});

test('what is far apart stays apart', () => {
  assert.deepEqual(merge('##......', '##......', '........', '......##').sort(), ['2x1+6+3', '2x2+0+0']);
});

test('bars side by side stay bars, however long they are', () => {
  const bars = Array.from({ length: 20 }, () => '#...#...#...##..#');
  const wanted = ['1x20+0+0', '1x20+4+0', '1x20+8+0', '2x20+12+0', '1x20+16+0'];
  assert.deepEqual(merge(...bars).sort(), wanted.sort());
});

test('of more specks than there may be rectangles, only some near each other are joined', () => {
  const specks = Array.from({ length: 56 }, (_, row) => (row % 7 === 0 ? '#......'.repeat(8) : '.'.repeat(56)));
  const rects = merge(...specks);
  assert.equal(rects.length, 48);
  assert.ok(rects.filter((rect) => rect.startsWith('1x1')).length >= 32);
});

test('rectangles hold every marked cell, never overlap, and stay few', () => {
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 100 }))
    .chain(([columns, rows, density]) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.constant(rows),
        cells: fc
          .uint8Array({ minLength: columns * rows, maxLength: columns * rows })
          .map((bytes) => bytes.map((byte) => (byte * 100 < density * 256 ? 1 : 0))),
      }),
    );
  fc.assert(
    fc.property(grids, (grid) => {
      const rects = mergeCells(grid);
      const covered = new Uint8Array(grid.cells.length);
      for (const { x, y, width, height } of rects) {
        for (let row = y; row < y + height; row++) {
          for (let column = x; column < x + width; column++) {
            const at = row * grid.columns + column;
            assert.equal(covered[at], 0, 'no cell is in two rectangles');
            covered[at] = 1;
          }
        }
      }
      assert.ok(rects.length <= 48);
      assert.ok(grid.cells.every((cell, at) => cell === 0 || covered[at] === 1));
    }),
    { seed: 11, numRuns: 200 },
  );
});
