import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Move } from './index.ts';
import { hash, inside, noise, Picture, pixelsOf, showing, stage, text } from './testing/picture.ts';

test('scrolled text is found along either axis, and every move is exact', async () => {
  for (const [dx, dy] of [
    [0, 13],
    [0, -13],
    [0, 1],
    [0, 100],
    [0, -100],
    [37, 0],
    [-8, 0],
  ] as const) {
    const before = new Picture(480, 300, text(200, 260));
    const now = new Picture(480, 300, text(200 + dx, 260 + dy));
    const rect = before.whole;
    const kernel = await showing(before);
    stage(kernel, now, rect);
    const moves = kernel.findMoves(rect);
    assert.deepEqual(moves.map(({ from, to }) => [from.x - to.x, from.y - to.y])[0], [dx, dy]);
    assertExact(moves, { before, now });
    const moved = moves.reduce((sum, { to }) => sum + to.width * to.height, 0);
    assert.ok(moved > 0.9 * (480 - Math.abs(dx)) * (300 - Math.abs(dy)), `${moved} pixels moved by ${dx}, ${dy}`);
  }
});

test('a pane that scrolls between others is found to the pixel', async () => {
  const pane = { x: 101, y: 37, width: 311, height: 201 };
  const scene = (scrolled: number) =>
    new Picture(500, 300, (x, y) => (inside(pane, x, y) ? text(40, scrolled)(x, y) : hash(x, y) & 0x3f3f3f));
  const [before, now] = [scene(100), scene(126)];
  const rect = { x: 90, y: 20, width: 390, height: 260 };
  const kernel = await showing(before);
  stage(kernel, now, rect);
  const moves = kernel.findMoves(rect);
  assertExact(moves, { before, now });
  assert.ok(moves.some(({ to, from }) => from.y - to.y === 26 && to.width >= 250 && to.height >= 150));
});

test('a caret in scrolled text splits the move, and does not prevent it', async () => {
  const before = new Picture(480, 300, text(0, 100));
  const now = new Picture(480, 300, (x, y) => (x === 100 && y >= 140 && y < 153 ? 0xffffff : text(0, 113)(x, y)));
  const kernel = await showing(before);
  stage(kernel, now, now.whole);
  const moves = kernel.findMoves(now.whole);
  assertExact(moves, { before, now });
  assert.ok(moves.length > 1);
  assert.ok(moves.reduce((sum, { to }) => sum + to.width * to.height, 0) > 0.8 * 480 * 287);
});

/** A pane somewhere on a display of 160x120 pixels, partly in the rectangle that was grabbed. */
const panes = fc.record({
  seed: fc.nat(1_000_000),
  rect: rectangles(0, 30),
  pane: rectangles(0, 60),
  shift: fc.integer({ min: -20, max: 20 }),
});

function rectangles(min: number, max: number) {
  const edge = fc.integer({ min, max });
  return fc
    .tuple(edge, edge, edge, edge)
    .map(([x, y, right, bottom]) => ({ x, y, width: 160 - x - right, height: 120 - y - Math.min(bottom, 50) }));
}

test('moves of random scenes are exact, and stay so when they are applied one after another', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(panes, async ({ seed, rect, pane, shift }) => {
      // In the pane, stripes of pixels move along one axis, some of them the other way, on ground that stands still.
      const paint = (by: number) => (x: number, y: number) => {
        if (!inside(pane, x, y)) return hash(seed, x, y);
        const way = seed % 3 === 0 && x < pane.x + pane.width / 3 ? -by : by;
        return seed % 2 === 0 ? hash(seed, x >> 4, y + way) : hash(seed, x + by, y >> 4);
      };
      const [before, now] = [new Picture(160, 120, paint(0)), new Picture(160, 120, paint(shift))];
      const kernel = await showing(before);
      stage(kernel, now, rect);
      const moves = kernel.findMoves(rect);
      assertExact(moves, { before, now });
      found += moves.length;
    }),
    { seed: 6, numRuns: 200 },
  );
  assert.ok(found > 150, `${found} moves`);
});

test('a window that is dragged along both axes is found', async () => {
  const scene = (left: number, top: number) =>
    new Picture(600, 400, (x, y) => {
      const dressed = inside({ x: left, y: top, width: 320, height: 220 }, x, y);
      return dressed ? text(200 - left, 400 - top)(x, y) & 0xffffff : 0x203040;
    });
  for (const [dx, dy] of [
    [5, 3],
    [-40, 61],
    [17, -70],
  ] as const) {
    const [before, now] = [scene(120, 90), scene(120 + dx, 90 + dy)];
    const kernel = await showing(before);
    stage(kernel, now, now.whole);
    const moves = kernel.findMoves(now.whole);
    assertExact(moves, { before, now });
    assert.deepEqual(moves.map(({ from, to }) => [to.x - from.x, to.y - from.y])[0], [dx, dy]);
    assert.ok(moves.reduce((sum, { to }) => sum + to.width * to.height, 0) > 0.6 * 320 * 220);
  }
});

test('nothing moved in noise, in what stands still, and in an even surface', async () => {
  const still = new Picture(300, 200, text(0, 0));
  const others = [still, new Picture(300, 200, noise(2)), new Picture(300, 200, () => 0x404040)];
  const kernel = await showing(still);
  for (const picture of others) {
    stage(kernel, picture, still.whole);
    assert.deepEqual(kernel.findMoves(still.whole), []);
  }
});

/** Read from the picture before, and applied one after another, moves make pixels of the picture now. */
function assertExact(moves: readonly Move[], { before, now }: { before: Picture; now: Picture }): void {
  const drawn = new Picture(before.width, before.height, (x, y) => before.colour(x, y));
  for (const { from, to } of moves) {
    const moved = drawn.crop({ ...to, ...from });
    let at = 0;
    for (const [x, y] of pixelsOf(to)) {
      const colour = moved[at++] ?? 0;
      assert.equal(colour, now.colour(x, y));
      assert.equal(colour, before.colour(from.x + x - to.x, from.y + y - to.y));
      drawn.words[y * drawn.width + x] = colour;
    }
  }
}
