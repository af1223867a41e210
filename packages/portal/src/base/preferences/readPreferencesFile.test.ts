import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILT_IN } from './builtIn.ts';
import { MOST_CHARACTERS, readPreferencesFile } from './readPreferencesFile.ts';

const problem = (text: string) => {
  const read = readPreferencesFile(text);
  assert.ok('problem' in read, 'it was taken');
  return read.problem;
};

test('what was exported is read again', () => {
  const all = { homeWide: BUILT_IN.homeWide, favourites: ['a'.repeat(26)], appearance: BUILT_IN.appearance };
  assert.deepEqual(readPreferencesFile(JSON.stringify(all)), { preferences: all });
});

test('what cannot be taken is told by its place', () => {
  assert.match(problem('{'), /not JSON/);
  assert.match(problem(JSON.stringify({ homeWide: { ...BUILT_IN.homeWide, size: 9 } })), /homeWide\.size/);
  assert.match(problem(JSON.stringify({ homeWide: BUILT_IN.homeWide, extra: 1 })), /extra/);
  assert.match(problem('[]'), /JSON/);
  assert.match(problem('null'), /does not fit/);
  assert.match(problem(' '.repeat(MOST_CHARACTERS + 1)), /too large/);
});
