import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantisersFor, threadsFor } from './candidates.ts';

test('small pictures get one thread, large ones as many as there are cores, up to four', () => {
  assert.equal(threadsFor(16 * 16, 8), 1);
  assert.equal(threadsFor(1280 * 720, 2), 2);
  assert.equal(threadsFor(1280 * 720, 16), 3);
  assert.equal(threadsFor(3840 * 2160, 16), 4);
  assert.equal(threadsFor(3840 * 2160, 1), 1);
});

test('only where bits are scarce may a picture become coarser than text can bear', () => {
  const task = { width: 1280, height: 720, nominalFps: 30, baseline: false, threads: 1 };
  const coarsest = (maxRate: number) =>
    quantisersFor({ ...task, limits: { maxRate, bufferSize: maxRate / 30 } }).coarsest;
  assert.equal(coarsest(8_000_000), 38);
  assert.equal(coarsest(1_600_000), 44);
});
