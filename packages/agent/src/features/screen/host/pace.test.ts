import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Pace, picturesAllowed } from './pace.ts';

test('two pictures may be on their way before the first acknowledgement', () => {
  const pace = new Pace();
  pace.sent(1, 0);
  assert.ok(pace.hasRoom);
  pace.sent(2, 1);
  assert.equal(pace.hasRoom, false);
  pace.acknowledged(1, 5);
  assert.ok(pace.hasRoom);
});

test('an acknowledgement covers all pictures before it, and an old one nothing', () => {
  const pace = new Pace();
  for (const seq of [5, 6, 7]) pace.sent(seq, 0);
  pace.acknowledged(4, 1);
  assert.equal(pace.hasRoom, false);
  pace.acknowledged(7, 1);
  pace.sent(8, 2);
  assert.ok(pace.hasRoom);
});

test('a link with a long round trip may hold more pictures, but never more than a dozen', () => {
  const allowed = [Number.POSITIVE_INFINITY, 0, 15, 16, 50, 160, 5_000].map(picturesAllowed);
  assert.deepEqual(allowed, [2, 2, 2, 3, 5, 12, 12]);
});

test('the shortest round trip counts, so that a queue does not make room for itself', () => {
  const pace = new Pace();
  pace.sent(1, 0);
  pace.acknowledged(1, 10);
  pace.sent(2, 100);
  pace.acknowledged(2, 1_000);
  pace.sent(3, 1_000);
  pace.sent(4, 1_000);
  assert.equal(pace.hasRoom, false);
});

test('a viewer that never acknowledges costs a bounded memory, and starts anew after a reset', () => {
  const pace = new Pace();
  for (let seq = 1; seq <= 10_000; seq++) pace.sent(seq, seq);
  assert.equal(pace.hasRoom, false);
  pace.reset();
  assert.ok(pace.hasRoom);
});

test('whatever order acknowledgements come in, room is only made by what was sent', () => {
  const step = fc.oneof(fc.constant('send' as const), fc.nat({ max: 40 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const pace = new Pace();
      let [seq, covered] = [0, 0];
      for (const [now, step] of steps.entries()) {
        if (step === 'send') pace.sent(++seq, now);
        else {
          pace.acknowledged(step, now);
          covered = Math.max(covered, Math.min(step, seq));
        }
        if (seq - covered < 2) assert.ok(pace.hasRoom);
        if (seq - covered >= 12) assert.equal(pace.hasRoom, false);
      }
    }),
    { seed: 16, numRuns: 300 },
  );
});
