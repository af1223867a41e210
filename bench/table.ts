import type { Row } from './suites/suite.ts';

/** Rows as aligned text: labels to the left, figures to the right with at most one decimal. */
export function formatTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const labels = rows[0]?.labels.map(() => '') ?? [];
  const head = [...labels, ...columns];
  const body = rows.map((row) => [...row.labels, ...columns.map((name) => formatFigure(row.figures[name]))]);
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => cells[column]?.length ?? 0)));
  const format = (cells: string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0, column < labels.length))
      .join('  ')
      .trimEnd();
  return [head, ...body].map(format).join('\n');
}

function pad(cell: string, width: number, left: boolean): string {
  return left ? cell.padEnd(width) : cell.padStart(width);
}

function formatFigure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) < 1 ? 2 : 1);
}
