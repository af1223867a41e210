import type { ProcessNews, ProcessRow } from '@porthole/protocol';
import { bounded, changesBetween, toMessages } from './processNews.ts';

/** The list of processes for one viewer: whole at first and after each lag, then only what changes. */
export class ProcessStream {
  readonly #send: (news: ProcessNews, sync: boolean) => void;
  #told: ReadonlyMap<number, ProcessRow> = new Map();
  #isWhole = true;
  #latest: { at: number; rows: readonly ProcessRow[] } | undefined;

  constructor(send: (news: ProcessNews, sync: boolean) => void) {
    this.#send = send;
  }

  update(at: number, rows: readonly ProcessRow[]): void {
    this.#latest = { at, rows };
    const now = new Map(bounded(rows).map((row) => [row.pid, row]));
    const before = this.#isWhole ? new Map<number, ProcessRow>() : this.#told;
    const changes = changesBetween(before, now);
    for (const news of toMessages(at, this.#isWhole, changes)) this.#send(news, news.whole);
    // What changed too little to be told keeps its old figures there, so that many small steps become news at last.
    const kept = [...now.values()].map((row) => before.get(row.pid) ?? row);
    this.#told = new Map([...kept, ...changes.rows].map((row) => [row.pid, row]));
    this.#isWhole = false;
  }

  /** The viewer missed something: it is told everything anew. */
  whole(): void {
    this.#isWhole = true;
    if (this.#latest) this.update(this.#latest.at, this.#latest.rows);
  }
}
