import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLOUR, hash, noise, Picture, pixelsOf, scenes, showing, stage, text } from './testing/picture.ts';

test('colours are numbered in order of appearance, up to 256 of them', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.integer({ min: 1, max: 300 }), async ({ width, height, rect, seed }, variety) => {
      const picture = new Picture(width, height, (x, y) => hash(hash(seed, x >> 4, y) % variety) | 0);
      const kernel = await showing(picture);
      stage(kernel, picture, rect);
      const colours = [...new Set([...pixelsOf(rect)].map(([x, y]) => picture.colour(x, y)))];
      for (const plane of ['shadow', { staged: rect }] as const) {
        const indexed = kernel.index(plane, rect);
        if (colours.length > 256) {
          assert.equal(indexed, null);
          continue;
        }
        assert.deepEqual([...(indexed?.colours ?? [])], colours);
        const wanted = [...pixelsOf(rect)].map(([x, y]) => colours.indexOf(picture.colour(x, y)));
        assert.deepEqual([...(indexed?.indices ?? [])], wanted);
      }
    }),
    { seed: 4, numRuns: 60 },
  );
});

test('256 colours are a palette, 257 are none', async () => {
  for (const count of [256, 257]) {
    const kernel = await showing(new Picture(count, 2, (x) => (x * 0x10101) & COLOUR));
    const indexed = kernel.index('shadow', { x: 0, y: 0, width: count, height: 2 });
    assert.equal(indexed?.colours.length, count === 256 ? 256 : undefined);
  }
});

test('differences to the left begin anew in every row', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async ({ width, height, rect, seed }) => {
      const picture = new Picture(width, height, noise(seed));
      const kernel = await showing(picture);
      const wanted = [...pixelsOf(rect)].flatMap(([x, y]) => {
        const [now, left] = [picture.colour(x, y), x > rect.x ? picture.colour(x - 1, y) : 0];
        return [16, 8, 0].map((shift) => ((now >> shift) - (left >> shift)) & 255);
      });
      assert.deepEqual([...kernel.differences('shadow', rect)], wanted);
      stage(kernel, picture, rect);
      assert.deepEqual([...kernel.differences({ staged: rect }, rect)], wanted);
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('text is drawn, film is natural', async () => {
  const film = (x: number, y: number) => {
    const light = (at: number) =>
      Math.round(128 + 80 * Math.sin((x + at) / 40) + 30 * Math.cos(y / 30)) + (hash(x, y, at) % 9);
    return (light(0) << 16) | (light(20) << 8) | light(50);
  };
  for (const { width, height } of [
    { width: 64, height: 48 },
    { width: 400, height: 300 },
  ]) {
    const rect = { x: 0, y: 0, width, height };
    const drawn = (await showing(new Picture(width, height, text(0, 0)))).naturalness('shadow', rect);
    const gradient = (await showing(new Picture(width, height, (x) => (x >> 1) * 0x10101))).naturalness('shadow', rect);
    const natural = (await showing(new Picture(width, height, film))).naturalness('shadow', rect);
    assert.ok(drawn < 0.2 && gradient < 0.2 && natural > 0.7, `${drawn} ${gradient} ${natural}`);
  }
});

test('a shrunk part has the means of its boxes', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenes,
      fc.oneof(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 9, max: 64 })),
      async ({ width, height, rect, seed }, factor) => {
        const picture = new Picture(width, height, noise(seed));
        const kernel = await showing(picture);
        const shrunk = new Uint32Array(kernel.shrink('shadow', rect, factor).slice().buffer);
        const wanted: number[] = [];
        for (let y = rect.y; y < rect.y + rect.height; y += factor) {
          for (let x = rect.x; x < rect.x + rect.width; x += factor) {
            const box = { x, y, width: Math.min(factor, rect.x + rect.width - x), height: 0 };
            box.height = Math.min(factor, rect.y + rect.height - y);
            wanted.push(meanOf([...pixelsOf(box)].map(([atX, atY]) => picture.colour(atX, atY))));
          }
        }
        assert.deepEqual([...shrunk], wanted);
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

function meanOf(colours: number[]): number {
  const [red = 0, green = 0, blue = 0] = [16, 8, 0].map((shift) => {
    const sum = colours.reduce((total, colour) => total + ((colour >> shift) & 255), 0);
    return Math.floor((sum + (colours.length >> 1)) / colours.length);
  });
  return (red << 16) | (green << 8) | blue;
}
