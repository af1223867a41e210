import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOn, nextPhase, type Phase, QUIET } from './phase.ts';
import type { Verdict } from './verdict.ts';

const LOOK = { forMs: 5 * 60_000, clearMs: 60_000, gapMs: 150_000 };

/** What becomes of it when it is looked at each `everyMs`: `b`ad, `c`lose, `g`ood; how often it was raised, and whether it is on. */
function follow(verdicts: string, everyMs: number, look = LOOK) {
  const names: Record<string, Verdict> = { b: 'bad', c: 'close', g: 'good' };
  let phase: Phase = QUIET;
  let raised = 0;
  for (const [index, letter] of [...verdicts].entries()) {
    const before = isOn(phase);
    if (letter !== '.') phase = nextPhase(phase, { verdict: names[letter] ?? 'good', now: index * everyMs, ...look });
    if (isOn(phase) && !before) raised++;
  }
  return { raised, isOn: isOn(phase) };
}

test('something is raised when it lasts, and not before', () => {
  assert.deepEqual(follow('bbbbb', 60_000), { raised: 0, isOn: false });
  assert.deepEqual(follow('bbbbbb', 60_000), { raised: 1, isOn: true });
  assert.deepEqual(follow('bbbgbbbbb', 60_000), { raised: 0, isOn: false }, 'it has to last without a break');
  assert.deepEqual(follow('b', 60_000, { ...LOOK, forMs: 0 }), { raised: 1, isOn: true });
});

test('it is cleared once it was good for a while, and what wavers is told once', () => {
  assert.deepEqual(follow('bbbbbbg', 60_000), { raised: 1, isOn: true });
  assert.deepEqual(follow('bbbbbbgg', 60_000), { raised: 1, isOn: false });
  assert.deepEqual(follow('bbbbbbcccccc', 60_000), { raised: 1, isOn: true }, 'just below the threshold');
  assert.deepEqual(follow(`bbbbbb${'gb'.repeat(500)}`, 60_000), { raised: 1, isOn: true });
});

test('what is not looked at for long is not taken for lasting', () => {
  assert.deepEqual(follow('bb.........b', 60_000), { raised: 0, isOn: false });
  assert.deepEqual(follow('bb.........bbbbbb', 60_000), { raised: 1, isOn: true });
  assert.deepEqual(follow('bbbbbb........', 60_000), { raised: 1, isOn: true }, 'nothing is known, nothing changes');
});
