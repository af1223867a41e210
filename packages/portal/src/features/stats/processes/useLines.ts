import type { ProcessRow } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { type Arrangement, holdOrder, orderProcesses, type ProcessLine } from './orderProcesses.ts';

interface Options {
  /** What to look for; a new object replaces what was typed. */
  search: { text: string };
  /** Somebody points at a line: nothing may move. */
  holding: boolean;
}

/** The lines of the list as they are arranged, and how to arrange them. */
export function useLines(rows: readonly ProcessRow[] | undefined, { search, holding }: Options) {
  const [arrangement, setArrangement] = useState<Arrangement>({
    sort: 'cpu',
    descending: true,
    tree: false,
    filter: search.text,
    folded: new Set(),
  });
  const arrange = (part: Partial<Arrangement>) => setArrangement((before) => ({ ...before, ...part }));
  useEffect(() => setArrangement((before) => ({ ...before, filter: search.text })), [search]);
  const before = useRef<{ arrangement: Arrangement; lines: ProcessLine[] }>(undefined);
  const lines = arrangeLines(rows ?? [], { arrangement, holding, before: before.current });
  useEffect(() => {
    before.current = { arrangement, lines };
  });
  return { lines, arrangement, arrange };
}

interface Situation {
  arrangement: Arrangement;
  holding: boolean;
  before: { arrangement: Arrangement; lines: ProcessLine[] } | undefined;
}

/** In a new order only when nobody is in the way of it, or somebody asked for it. */
function arrangeLines(rows: readonly ProcessRow[], { arrangement, holding, before }: Situation): ProcessLine[] {
  if (holding && before && before.arrangement === arrangement && before.lines.length > 0) {
    return holdOrder(before.lines, rows, arrangement.filter);
  }
  return orderProcesses(rows, arrangement);
}
