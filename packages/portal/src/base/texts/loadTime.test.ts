import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const PORTAL = join(import.meta.dirname, '..', '..');

/** Statements of a formatted module: each begins in the first column. */
function statements(source: string): string[] {
  return source.split(/\n(?=[a-z@/])/);
}

/** Statements that read `texts` as soon as their module loads: before any function in them begins. */
function readsEarly(source: string): string[] {
  return statements(source).filter(
    (statement) =>
      /^(export )?(const|let) /.test(statement) && /\btexts\./.test(statement.split(/=>|\bfunction\b/)[0] ?? ''),
  );
}

test('no module reads the texts while it loads, when the language is not known yet', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: PORTAL }).filter((path) => !path.includes('.test.'));
  assert.ok(files.length > 200, 'the search finds the sources');
  const early = files.flatMap((path) =>
    readsEarly(readFileSync(join(PORTAL, path), 'utf8')).map((statement) => `${path}: ${statement.split('\n')[0]}`),
  );
  assert.deepEqual(early, []);
});

test('bites where a table or a constant reads them, and not where a function does', () => {
  assert.equal(readsEarly('const A = 1;\nconst FACES = {\n  esc: texts.keys.esc,\n};\n').length, 1);
  assert.equal(readsEarly('export const TITLE = texts.title;\n').length, 1);
  assert.equal(readsEarly('const label = () => texts.title;\nfunction f() {\n  const { a } = texts.b;\n}\n').length, 0);
});
