import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendLive, bridge, fromHistory, gather, type LivePoint, NO_DATA, nearest } from './chartData.ts';

const READ = 100_000;

const points = (...pairs: [at: number, cpu: number][]): LivePoint[] =>
  pairs.map(([at, cpu]) => ({ at, values: { cpu } }));

test('a history becomes columns at the middle of its steps', () => {
  const data = fromHistory({ from: 1_000, step: 100, series: { cpu: { mean: [0.1, 0.2], high: [0.3, 0.4] } } }, READ);
  assert.deepEqual(data, { at: [1_050, 1_150], series: { cpu: { mean: [0.1, 0.2], high: [0.3, 0.4] } } });
});

test('a step that is not over ends when it was read', () => {
  const history = { from: 0, step: 1_000, series: { cpu: { mean: [0.1, 0.2], high: [0.1, 0.2] } } };
  assert.deepEqual(fromHistory(history, 1_200).at, [500, 1_200]);
});

test('a step or two without a sample are one line, more are a gap', () => {
  assert.deepEqual(bridge([1, null, null, 2, null, null, null, 3]), [1, undefined, undefined, 2, null, null, null, 3]);
  assert.deepEqual(bridge([null, 1, null]), [null, 1, null], 'nothing is known at either end');
});

test('live points of one step become its mean and its highest', () => {
  const rows = gather(points([1_000, 0.2], [1_400, 0.4], [2_100, 0.9]), 1_000);
  assert.deepEqual(
    rows.map(({ at }) => at),
    [1_200, 2_100],
  );
  const [first, second] = rows.map(({ values }) => values.cpu);
  assert.ok(first && Math.abs(first.mean - 0.3) < 1e-9);
  assert.equal(first.high, 0.4);
  assert.deepEqual(second, { mean: 0.9, high: 0.9 });
});

test('live points go on where the recorded ones end, and none counts twice', () => {
  const recorded = fromHistory(
    { from: 0, step: 1_000, series: { cpu: { mean: [0.1, 0.2, null], high: [0.1, 0.2, null] } } },
    READ,
  );
  const merged = appendLive(recorded, points([1_600, 0.5], [2_400, 0.6], [3_400, 0.7]), {
    step: 1_000,
    gapMs: 2_500,
    joinMs: 2_500,
  });
  assert.deepEqual(merged.at, [500, 1_500, 2_400, 3_400]);
  assert.deepEqual(merged.series.cpu?.mean, [0.1, 0.2, 0.6, 0.7]);
});

test('a pause is a gap, between what was recorded and what comes in, and within what comes in', () => {
  const recorded = fromHistory({ from: 0, step: 1_000, series: { cpu: { mean: [0.1], high: [0.1] } } }, READ);
  const merged = appendLive(recorded, points([10_000, 0.5], [20_000, 0.6]), {
    step: 1_000,
    gapMs: 2_500,
    joinMs: 2_500,
  });
  assert.deepEqual(merged.series.cpu?.mean, [0.1, null, 0.5, null, 0.6]);
});

test('what is recorded more rarely than it comes in live is joined to it without a gap', () => {
  const recorded = fromHistory({ from: 0, step: 1_000, series: { cpu: { mean: [0.1], high: [0.1] } } }, READ);
  const merged = appendLive(recorded, points([10_000, 0.5]), { step: 1_000, gapMs: 2_500, joinMs: 60_000 });
  assert.deepEqual(merged.series.cpu?.mean, [0.1, 0.5]);
});

test('a figure that begins or ends on the way is null elsewhere', () => {
  const recorded = fromHistory({ from: 0, step: 1_000, series: { cpu: { mean: [0.1], high: [0.1] } } }, READ);
  const merged = appendLive(recorded, [{ at: 1_200, values: { temperature: 40 } }], {
    step: 1_000,
    gapMs: 2_500,
    joinMs: 2_500,
  });
  assert.deepEqual(merged.series.cpu?.mean, [0.1, null]);
  assert.deepEqual(merged.series.temperature?.mean, [null, 40]);
});

test('without anything recorded the live points stand alone, and without live points nothing changes', () => {
  assert.deepEqual(appendLive(NO_DATA, points([5, 0.5]), { step: 10, gapMs: 25, joinMs: 25 }).at, [5]);
  assert.equal(appendLive(NO_DATA, [], { step: 10, gapMs: 25, joinMs: 25 }), NO_DATA);
});

test('the nearest step that counts is found', () => {
  assert.equal(
    nearest([0, 10, 20], 12, () => true),
    1,
  );
  assert.equal(
    nearest([0, 10, 20], 12, (index) => index !== 1),
    2,
  );
  assert.equal(
    nearest([], 12, () => true),
    undefined,
  );
});
