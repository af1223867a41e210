import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HISTORY_SERIES } from '@porthole/protocol';
import { Figures } from './figures.ts';
import { Samples, unpackSamples } from './samples.ts';

const NOW = 480_000 * 3_600_000;

test('figures are the same after they were packed, each with its own weight', () => {
  const figures = new Figures();
  const values = HISTORY_SERIES.map((_, index) => (index % 3 === 2 ? Number.NaN : index / 4));
  figures.add(values, 1_000);
  figures.add([0.5], 3_000);
  const again = Figures.decode(figures.encode());
  assert.deepEqual(again, figures);
  assert.equal(again.means[0], 0.375);
  assert.deepEqual([again.weights[0], again.weights[1], again.weights[2]], [4_000, 1_000, 0]);
});

test('samples are the same after they were packed, up to a minute of the quickest', () => {
  const samples = new Samples();
  const values = HISTORY_SERIES.map((_, index) => (index === 1 ? Number.NaN : index * 2));
  for (let n = 0; n < 1_000; n++) samples.add({ at: NOW + n, weight: 500, values });
  const unpacked = unpackSamples(samples.encode(), NOW);
  assert.equal(unpacked.length, 240);
  assert.deepEqual(unpacked[7], { at: NOW + 7, weight: 500, values });
});
