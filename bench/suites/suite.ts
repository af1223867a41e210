import type { TestBrowser } from '../../tests/support/browser.ts';

/** What a suite works with. */
export interface Bench {
  browser: TestBrowser;
  /** An X display of 1920x1080 that nobody else uses. */
  display: string;
  /** How often everything is measured; figures are medians. */
  rounds: number;
  /** Says what happens now, for whoever waits. */
  say(text: string): void;
}

/** One line of a table: who or what, and its figures in the order of the columns. */
export interface Row {
  labels: string[];
  figures: Record<string, number>;
}

export interface Suite {
  name: string;
  title: string;
  run(bench: Bench): Promise<Row[]>;
}
