import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT } from '../lib/install.mjs';
import { findTests, selectTests } from './files.ts';

const FILES = [
  'packages/hub/src/a.test.ts',
  'tests/e2e/screen.test.ts',
  'tests/fuzz/frame.test.ts',
  'tests/wire/viewers.test.ts',
];

test('without a filter everything is run', () => {
  assert.deepEqual(selectTests(FILES, []), {
    checks: true,
    unit: [FILES[0], FILES[2]],
    wire: [FILES[3]],
    e2e: [FILES[1]],
  });
});

test('unit, wire and e2e name the three kinds', () => {
  assert.deepEqual(selectTests(FILES, ['unit']).unit, [FILES[0], FILES[2]]);
  assert.deepEqual(selectTests(FILES, ['unit']).e2e, []);
  assert.deepEqual(selectTests(FILES, ['wire']).wire, [FILES[3]]);
  assert.deepEqual(selectTests(FILES, ['e2e']), { checks: false, unit: [], wire: [], e2e: [FILES[1]] });
});

test('any other filter is a part of the path', () => {
  assert.deepEqual(selectTests(FILES, ['packages/hub', 'fuzz']).unit, [FILES[0], FILES[2]]);
});

test('this very file is found', () => {
  assert.ok(findTests(ROOT).includes('scripts/test/files.test.ts'));
});
