import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LossyGate } from './lossyGate.ts';

test('a new viewer gets nothing before a message that stands alone', () => {
  const gate = new LossyGate(100);
  assert.equal(gate.offer(10, false), false);
  assert.equal(gate.offer(10, true), true);
  assert.equal(gate.offer(10, false), true);
});

test('a viewer that falls behind is skipped until it has drained, then refreshed once', () => {
  const gate = new LossyGate(100);
  gate.offer(60, true);
  assert.equal(gate.offer(60, false), false);
  assert.equal(gate.offer(1, true), false, 'even a whole must wait for room');
  assert.equal(gate.credit(30), 'ok');
  assert.equal(gate.credit(30), 'refresh');
  assert.equal(gate.offer(10, false), false);
  assert.equal(gate.offer(10, true), true);
});

test('a viewer that acknowledges more than it got is found out', () => {
  const gate = new LossyGate(100);
  gate.offer(10, true);
  assert.equal(gate.credit(11), 'excess');
});

test('never more than the window is on its way, and never a dependent message after a gap', () => {
  const step = fc.oneof(
    fc.record({ offer: fc.integer({ min: 1, max: 60 }), sync: fc.boolean() }),
    fc.record({ credit: fc.integer({ min: 1, max: 60 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const gate = new LossyGate(100);
      let gap = true;
      for (const step of steps) {
        if ('credit' in step) {
          gate.credit(Math.min(step.credit, gate.outstanding));
          continue;
        }
        const sent = gate.offer(step.offer, step.sync);
        if (sent && gap) assert.ok(step.sync);
        gap = !sent;
        assert.ok(gate.outstanding <= 100);
      }
    }),
    { seed: 20_251, numRuns: 500 },
  );
});
