import type { ProcessNews, ProcessRow } from '@porthole/protocol';

/** Rows of one message at most, and about how many bytes; hostile text takes three times as many. */
const MAX_ROWS = 500;
const MAX_BYTES = 80 * 1_024;
/** What a whole list may have, so that it fits on its way to a viewer at once. */
const WHOLE_BYTES = 600 * 1_024;
/** Changes smaller than these are no news: in cores, and of memory as a share and in bytes. */
const CPU_STEP = 0.002;
const MEMORY_SHARE = 0.01;
const MEMORY_STEP = 65_536;
const MAX_GONE = 20_000;

type Rows = ReadonlyMap<number, ProcessRow>;

/** What is to be told of `now` to somebody who knows `before`. */
export function changesBetween(before: Rows, now: Rows): { rows: ProcessRow[]; gone: number[] } {
  const rows = [...now.values()].filter((row) => isNews(before.get(row.pid), row));
  const gone = [...before.keys()].filter((pid) => !now.has(pid));
  return { rows, gone: gone.slice(0, MAX_GONE) };
}

/** In messages that are neither too long nor too large; at least one, so that a viewer knows the moment. */
export function toMessages(
  at: number,
  whole: boolean,
  { rows, gone }: ReturnType<typeof changesBetween>,
): ProcessNews[] {
  const pieces: ProcessRow[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    const last = pieces.at(-1) ?? [];
    if (last.length > 0 && (last.length === MAX_ROWS || bytes + size > MAX_BYTES)) {
      pieces.push([row]);
      bytes = size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return pieces.map((piece, n) => ({
    at,
    whole: whole && n === 0,
    more: n < pieces.length - 1,
    rows: piece,
    gone: n === 0 ? gone : [],
  }));
}

/** What of very many processes is told: those that use most, with command lines cut where that is not enough. */
export function bounded(rows: readonly ProcessRow[]): ProcessRow[] {
  const total = (list: readonly ProcessRow[]) => list.reduce((sum, row) => sum + sizeOf(row), 0);
  if (total(rows) <= WHOLE_BYTES) return [...rows];
  const cut = rows.map((row) => ({ ...row, command: row.command.slice(0, 64) }));
  let left = WHOLE_BYTES;
  const byWeight = cut.toSorted((a, b) => b.cpu - a.cpu || b.memory - a.memory || a.pid - b.pid);
  return byWeight.filter((row) => {
    left -= sizeOf(row);
    return left >= 0;
  });
}

function isNews(before: ProcessRow | undefined, now: ProcessRow): boolean {
  if (!before) return true;
  const grown = Math.abs(now.memory - before.memory);
  return (
    Math.abs(now.cpu - before.cpu) >= CPU_STEP ||
    (now.cpu === 0) !== (before.cpu === 0) ||
    grown > Math.max(MEMORY_STEP, before.memory * MEMORY_SHARE) ||
    now.state !== before.state ||
    now.started !== before.started ||
    now.parent !== before.parent ||
    now.name !== before.name ||
    now.command !== before.command ||
    now.user !== before.user
  );
}

/** About what a row takes as JSON. */
function sizeOf({ name, command, user }: ProcessRow): number {
  return 140 + 2 * (name.length + command.length + user.length);
}
