import type { ProcessNews, ProcessRow } from '@porthole/protocol';

/** The processes of a device as it told them last; `rows` is a new array with each complete piece of news. */
export class ProcessList {
  #rows = new Map<number, ProcessRow>();
  /** A list that is being told from the start, until its last part is there. */
  #incoming: Map<number, ProcessRow> | undefined;

  /** Takes in one message; returns whether the list is complete now, so that it can be shown. */
  apply(news: ProcessNews): boolean {
    if (news.whole) this.#incoming ??= new Map();
    const target = this.#incoming ?? this.#rows;
    for (const pid of news.gone) target.delete(pid);
    for (const row of news.rows) target.set(row.pid, row);
    if (news.more) return false;
    this.#rows = target;
    this.#incoming = undefined;
    return true;
  }

  get rows(): ProcessRow[] {
    return [...this.#rows.values()];
  }
}
