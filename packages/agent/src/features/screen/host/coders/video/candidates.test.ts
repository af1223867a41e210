import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effortFor, quantisersFor, SOFTWARE, threadsFor } from './candidates.ts';

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

test('motion is looked for more closely where a picture has a small share of the link, whatever its size', () => {
  const motion = (width: number, height: number, bitsPerPixel: number) => {
    const maxRate = bitsPerPixel * width * height * 30;
    const limits = { maxRate, bufferSize: maxRate / 30 };
    return effortFor({ width, height, nominalFps: 30, limits, baseline: false, threads: 1 }).motion;
  };
  assert.ok(motion(1280, 720, 0.1) > motion(1280, 720, 0.5));
  assert.equal(motion(320, 200, 0.5), motion(1920, 1080, 0.5));
  assert.equal(motion(320, 200, 0.1), motion(1920, 1080, 0.1));
});

test('who decodes the baseline only is sent nothing above it', () => {
  const limits = { maxRate: 8_000_000, bufferSize: 300_000 };
  const task = { width: 640, height: 360, nominalFps: 30, limits, threads: 1 };
  const { profile, coder } = SOFTWARE.options({ ...task, baseline: true });
  assert.deepEqual({ profile, coder }, { profile: 'baseline', coder: 'cavlc' });
  assert.equal(SOFTWARE.options({ ...task, baseline: false }).coder, 'cabac');
});
