import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RETENTION } from '@porthole/protocol';
import { levelsOf, planOf, RAW } from './levels.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 480_000 * HOUR;
const LEVELS = levelsOf(DEFAULT_RETENTION);

function plan(span: number, points: number, to = NOW) {
  return planOf({ from: to - span, to, points }, LEVELS, NOW);
}

test('the answer is as fine as the points allow, from what goes back far enough', () => {
  const shown = (span: number, points = 600) => {
    const { level, step } = plan(span, points);
    return [level, step];
  };
  assert.deepEqual(shown(HOUR), [RAW, 6_000]);
  assert.deepEqual(shown(10 * MINUTE), [RAW, 1_000]);
  assert.deepEqual(shown(DAY), [MINUTE, 3 * MINUTE]);
  assert.deepEqual(shown(7 * DAY), [15 * MINUTE, 30 * MINUTE]);
  assert.deepEqual(shown(30 * DAY), [15 * MINUTE, 75 * MINUTE]);
  assert.deepEqual(shown(366 * DAY), [HOUR, 15 * HOUR]);
  assert.deepEqual(shown(DAY, 10), [HOUR, 3 * HOUR]);
});

test('never more steps than points, and they cover all that was asked for', () => {
  for (const span of [1, 59_999, HOUR + 1, 3 * DAY, 400 * DAY, NOW]) {
    for (const points of [10, 599, 2_000]) {
      for (const to of [NOW, NOW - 12_345, NOW + DAY]) {
        const { from, step, count } = plan(span, points, to);
        assert.ok(count <= points && from <= to - span && from + step * count >= to, `${span} ${points} ${to}`);
      }
    }
  }
});

test('a short time long ago is read from what is still kept of it', () => {
  assert.equal(plan(HOUR, 600, NOW - 10 * DAY).level, 15 * MINUTE);
  assert.equal(plan(MINUTE, 600, NOW - 2_000 * DAY).level, HOUR);
});
