import { globSync } from 'node:fs';

/** What one `npm test` runs. */
export interface Selection {
  /** Formatting, lint and types too: only when nothing was filtered. */
  checks: boolean;
  /** Tests that may run beside each other. */
  unit: string[];
  /** Tests that need the machine to themselves: whole systems with browsers. */
  e2e: string[];
}

const PATTERNS = ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'];

/** Every test file of the checkout, relative to `root`. */
export function findTests(root: string): string[] {
  return globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules'] }).sort();
}

/** `filters` are `unit`, `e2e`, or any part of a path; none means everything. A file that fits one of them is run. */
export function selectTests(files: readonly string[], filters: readonly string[]): Selection {
  const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => fits(file, filter)));
  return {
    checks: filters.length === 0,
    unit: chosen.filter((file) => !isE2e(file)),
    e2e: chosen.filter(isE2e),
  };
}

function fits(file: string, filter: string): boolean {
  if (filter === 'unit') return !isE2e(file);
  if (filter === 'e2e') return isE2e(file);
  return file.includes(filter);
}

function isE2e(file: string): boolean {
  return file.startsWith('tests/e2e/');
}
