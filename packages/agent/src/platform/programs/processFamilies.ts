import type { ProcessRow } from './processTable.ts';

/** One look at all processes, arranged so that many families are found in it at little cost. */
export class ProcessFamilies {
  readonly #rows = new Map<number, ProcessRow>();
  readonly #children = new Map<number, ProcessRow[]>();
  readonly #sessions = new Map<number, ProcessRow[]>();

  constructor(table: readonly ProcessRow[]) {
    for (const row of table) {
      this.#rows.set(row.pid, row);
      add(this.#children, row.parent, row);
      add(this.#sessions, row.session, row);
    }
  }

  /** The process of that number; undefined when there is none. */
  row(pid: number): ProcessRow | undefined {
    return this.#rows.get(pid);
  }

  /** Each of `roots`, the session that it leads, and everything that those started, whatever session that is in. */
  of(roots: Iterable<number>): ProcessRow[] {
    const members = new Map<number, ProcessRow>();
    const open = [...roots].flatMap((pid) => [...this.#own(pid), ...(this.#sessions.get(pid) ?? [])]);
    for (let row = open.pop(); row; row = open.pop()) {
      if (members.has(row.pid)) continue;
      members.set(row.pid, row);
      open.push(...(this.#children.get(row.pid) ?? []), ...(this.#sessions.get(row.pid) ?? []));
    }
    return [...members.values()];
  }

  #own(pid: number): ProcessRow[] {
    const row = this.#rows.get(pid);
    return row ? [row] : [];
  }
}

function add(lists: Map<number, ProcessRow[]>, key: number, row: ProcessRow): void {
  const list = lists.get(key);
  if (list) list.push(row);
  else lists.set(key, [row]);
}
