import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunDevice } from '@porthole/protocol';
import { hasFailed, RunOutput } from './runOutput.ts';

const A = 'a'.repeat(26);
const B = 'b'.repeat(26);
const device: RunDevice = { device: A, name: 'one', state: 'running', bytes: 0 };

function written(id: string, text: string, stream: 'stdout' | 'stderr' = 'stdout') {
  return { device: id, offset: 0, at: 0, stream, text };
}

test('output is kept by device and merged in the order in which it came', () => {
  const output = new RunOutput();
  output.add({ state: device });
  output.add(written(A, 'one\n'));
  output.add(written(B, 'two\nthree\n'));
  output.add(written(A, 'four\n', 'stderr'));
  const { output: parts, merged, devices } = output.view;
  assert.deepEqual(parts.get(A), [
    { stream: 'stdout', text: 'one\n' },
    { stream: 'stderr', text: 'four\n' },
  ]);
  assert.deepEqual(
    merged.map(({ device: from, text }) => `${from[0]} ${text}`),
    ['a one', 'b two', 'b three', 'a four'],
  );
  assert.equal(devices.get(A)?.state, 'running');
});

test('output without end is held to a bound, and what is gone is counted', () => {
  const output = new RunOutput();
  for (let count = 0; count < 500; count += 1) output.add(written(A, `${'x'.repeat(4999)}\n`));
  const parts = output.view.output.get(A) ?? [];
  const kept = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : part.leftOut), 0);
  assert.equal(kept, 500 * 5000);
  const shown = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);
  assert.ok(shown <= 256 * 1024, `${shown} characters are held`);
  assert.ok(output.view.merged.length <= 4_000);
});

test('bytes that are no text are shown as far as they can be', () => {
  const output = new RunOutput();
  output.add({ device: A, offset: 0, at: 0, stream: 'stdout', base64: 'YWL/' });
  assert.deepEqual(output.view.output.get(A), [{ stream: 'stdout', text: 'ab\u00ff' }]);
});

test('only status 0 is a success', () => {
  assert.equal(hasFailed({ ...device, state: 'done', code: 0, timedOut: false }), false);
  assert.equal(hasFailed({ ...device, state: 'running' }), false);
  for (const end of [{ code: 1 }, { signal: 'SIGKILL' }, { code: 0, timedOut: true }]) {
    assert.equal(hasFailed({ ...device, state: 'done', ...end }), true);
  }
  assert.equal(hasFailed({ ...device, state: 'failed', error: 'device.offline' }), true);
  assert.equal(hasFailed({ ...device, state: 'cancelled' }), true);
});
