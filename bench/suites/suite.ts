import type { TestBrowser } from '../../tests/support/browser.ts';
import type { Contestant } from '../contestants/contestant.ts';
import type { LinkKind } from '../links/links.ts';
import type { Sizes } from '../options.ts';
import type { Workload } from '../workloads/workload.ts';

/** What a suite works with. */
export interface Bench {
  browser: TestBrowser;
  /** An X display of 1920x1080 that nobody else uses. */
  display: string;
  /** How often everything is measured; figures are medians. */
  rounds: number;
  sizes: Sizes;
  /** Who takes part. */
  contestants: readonly Contestant[];
  /** Of what a suite would go through, what was chosen. */
  choose<T extends Workload | LinkKind>(kind: 'workloads' | 'links', all: readonly T[]): readonly T[];
  /** Says what happens now, for whoever waits. */
  say(text: string): void;
}

export type Figures = Record<string, number>;

/** One line of a table: who or what, and its figures in the order of the columns. */
export interface Row {
  labels: string[];
  figures: Figures;
  /** What the table has no room for. */
  details?: Figures;
}

export interface Suite {
  name: string;
  title: string;
  run(bench: Bench): Promise<Row[]>;
}
