import type { ProcessRow } from '@porthole/protocol';
import { compareNatural } from '../../../base/compareNatural.ts';

export const PROCESS_COLUMNS = ['name', 'pid', 'user', 'cpu', 'memory', 'state', 'started', 'command'] as const;
export type ProcessColumn = (typeof PROCESS_COLUMNS)[number];

/** How the list is arranged. */
export interface Arrangement {
  sort: ProcessColumn;
  descending: boolean;
  tree: boolean;
  filter: string;
  /** Processes whose children are not shown in the tree, by key. */
  folded: ReadonlySet<string>;
}

/** One line of the list. */
export interface ProcessLine {
  row: ProcessRow;
  /** Of the process for good: a pid may be given again. */
  key: string;
  /** 0 at the left edge. */
  depth: number;
  /** How many children it has in the tree; 0 in a flat list. */
  children: number;
  /** Shown only because something below it matches. */
  beside: boolean;
  /** It ended while the order is held still. */
  gone: boolean;
}

export function keyOf({ pid, started }: Pick<ProcessRow, 'pid' | 'started'>): string {
  return `${pid}@${started}`;
}

/** The lines of the list, in order. */
export function orderProcesses(rows: readonly ProcessRow[], arrangement: Arrangement): ProcessLine[] {
  const compare = comparing(arrangement);
  const matches = matching(arrangement.filter);
  if (arrangement.tree) return treeOf(rows, { compare, matches, folded: arrangement.folded });
  return rows
    .filter(matches)
    .sort(compare)
    .map((row) => lineOf(row, 0));
}

/**
 * The same lines with new figures: nothing moves. What ended stays, marked, and what began comes last; so it is while somebody
 * points at a line.
 */
export function holdOrder(lines: readonly ProcessLine[], rows: readonly ProcessRow[], filter: string): ProcessLine[] {
  const now = new Map(rows.map((row) => [keyOf(row), row]));
  const held = lines.map((line) => {
    const row = now.get(line.key);
    now.delete(line.key);
    return row ? { ...line, row, gone: false } : { ...line, gone: true };
  });
  return [
    ...held,
    ...[...now.values()]
      .filter(matching(filter))
      .filter(unlessFolded(lines))
      .map((row) => lineOf(row, 0)),
  ];
}

/** What was not shown in a tree, because its parent is folded, does not appear now. */
function unlessFolded(lines: readonly ProcessLine[]): (row: ProcessRow) => boolean {
  const shown = new Map(lines.map((line) => [line.row.pid, line]));
  return (row) => (shown.get(row.parent)?.children ?? 0) === 0;
}

interface TreeWish {
  compare: (a: ProcessRow, b: ProcessRow) => number;
  matches: (row: ProcessRow) => boolean;
  folded: ReadonlySet<string>;
}

/** Children below their parents. A process whose parent is not known stands at the edge, and so does one of a circle. */
function treeOf(rows: readonly ProcessRow[], { compare, matches, folded }: TreeWish): ProcessLine[] {
  const children = Map.groupBy(
    rows.filter((row) => row.parent !== row.pid),
    ({ parent }) => parent,
  );
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const wanted = withAncestors(rows.filter(matches), byPid);
  const seen = new Set<number>();
  const lines: ProcessLine[] = [];
  const add = (start: ProcessRow) => {
    // A stack of its own: a chain of processes may be deeper than calls can be.
    const waiting = [{ row: start, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { row, depth } = next;
      if (seen.has(row.pid) || !wanted.has(row.pid)) continue;
      seen.add(row.pid);
      const below = (children.get(row.pid) ?? []).filter(({ pid }) => wanted.has(pid)).sort(compare);
      lines.push({ ...lineOf(row, depth), children: below.length, beside: !matches(row) });
      if (folded.has(keyOf(row))) hide(below, children, seen);
      else waiting.push(...below.reverse().map((child) => ({ row: child, depth: depth + 1 })));
    }
  };
  const roots = rows.filter((row) => row.parent === row.pid || !byPid.has(row.parent)).sort(compare);
  for (const root of roots) add(root);
  // Whatever is left goes round in a circle.
  for (const row of [...rows].sort(compare)) add(row);
  return lines;
}

/** Marks all below as dealt with. */
function hide(below: readonly ProcessRow[], children: ReadonlyMap<number, ProcessRow[]>, seen: Set<number>): void {
  const waiting = [...below];
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    if (seen.has(row.pid)) continue;
    seen.add(row.pid);
    waiting.push(...(children.get(row.pid) ?? []));
  }
}

function withAncestors(rows: readonly ProcessRow[], byPid: ReadonlyMap<number, ProcessRow>): Set<number> {
  const pids = new Set<number>();
  for (const row of rows) {
    for (let each: ProcessRow | undefined = row; each && !pids.has(each.pid); each = byPid.get(each.parent))
      pids.add(each.pid);
  }
  return pids;
}

function lineOf(row: ProcessRow, depth: number): ProcessLine {
  return { row, key: keyOf(row), depth, children: 0, beside: false, gone: false };
}

/** Every word stands somewhere in the name, the command, the user or the pid. */
function matching(filter: string): (row: ProcessRow) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return ({ pid, name, command, user }) => {
    const text = `${pid} ${name} ${command} ${user}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function comparing({
  sort,
  descending,
}: Pick<Arrangement, 'sort' | 'descending'>): (a: ProcessRow, b: ProcessRow) => number {
  const way = descending ? -1 : 1;
  return (a, b) => way * compareBy(sort, a, b) || a.pid - b.pid;
}

function compareBy(sort: ProcessColumn, a: ProcessRow, b: ProcessRow): number {
  const [left, right] = [a[sort], b[sort]];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareNatural(String(left), String(right));
}
