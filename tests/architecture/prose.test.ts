import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/lib/install.mjs';
import { findLeaks } from './prose.ts';

const IGNORED = [
  '**/node_modules/**',
  '**/dist/**',
  '.git/**',
  '**/.build-*/**',
  'package-lock.json',
  'bench/results/**',
];
const TEXT = /(\.(ts|tsx|mjs|js|json|md|css|html|yml|sh|svg)|\/(run|porthole)|LICENSE|ignore)$/;

test('the project speaks of itself alone', () => {
  const paths = globSync(['**/*', '.*/**/*', '.*'], { cwd: ROOT, exclude: IGNORED }).filter(
    (path) => TEXT.test(path) && statSync(join(ROOT, path)).isFile(),
  );
  assert.ok(paths.length > 50, 'the search finds the sources');
  const leaks = paths.flatMap((path) =>
    findLeaks(readFileSync(join(ROOT, path), 'utf8')).map((leak) => `${path}: ${leak}`),
  );
  assert.deepEqual(leaks, []);
});

// Written in pieces, so that this file does not break the rule itself.
const BREACHES = [
  `see ${'issue'} 12`,
  `fixed (${'#'}34)`,
  `cd /${'work'}/main`,
  `/${'home'}/ann/porthole`,
  `https://registry.${'npmjs'}.org/x`,
  `/${'tmp'}/houser/x`,
];

for (const breach of BREACHES) {
  test(`bites: ${breach.replace(/[#/]/g, ' ').trim()}`, () => assert.equal(findLeaks(`one\n// ${breach}\n`).length, 1));
}

test('colours, anchors and ordinary words are fine', () => {
  const text = 'color: #123456; see #usage, a pressing issue, 12 issues, /api/session, /tmp/.X11-unix';
  assert.deepEqual(findLeaks(text), []);
});
