import { globSync } from 'node:fs';

/** What one `npm test` runs. */
export interface Selection {
  /** Formatting, lint and types too: only when nothing was filtered. */
  checks: boolean;
  /** Tests of parts, which compute. */
  unit: string[];
  /** Tests of hubs and agents without a browser, which mostly wait for one another. */
  wire: string[];
  /** Tests of whole systems with browsers, which compute a lot. */
  e2e: string[];
}

const PATTERNS = ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'];

const KINDS: readonly string[] = ['unit', 'wire', 'e2e'];

/** Every test file of the checkout, relative to `root`. */
export function findTests(root: string): string[] {
  return globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules'] }).sort();
}

/** `filters` are `unit`, `wire`, `e2e`, or any part of a path; none means everything. A file that fits one of them is run. */
export function selectTests(files: readonly string[], filters: readonly string[]): Selection {
  const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => fits(file, filter)));
  return {
    checks: filters.length === 0,
    unit: chosen.filter((file) => kindOf(file) === 'unit'),
    wire: chosen.filter((file) => kindOf(file) === 'wire'),
    e2e: chosen.filter((file) => kindOf(file) === 'e2e'),
  };
}

function fits(file: string, filter: string): boolean {
  return filter === kindOf(file) || (!KINDS.includes(filter) && file.includes(filter));
}

function kindOf(file: string): string {
  return KINDS.find((kind) => file.startsWith(`tests/${kind}/`)) ?? 'unit';
}
