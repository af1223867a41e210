import type { Alert } from '@porthole/protocol';
import type { Database } from '../base/db/database.ts';

/** What is over is kept up to so many alerts. */
const MAX_PAST = 10_000;
const PAGE = 50;

/** Alerts on disk, on and over, and which devices said goodbye. */
export class AlertStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Does several things at once, or none. */
  together<Result>(work: () => Result): Result {
    return this.#db.transaction(work);
  }

  /** Those that are on, the oldest first. */
  on(): Alert[] {
    return this.#db.all(this.#rows().where('clearedAt', 'is', null).orderBy('seq')).map(shown);
  }

  /** Should there be one of that rule at that device already, it is over: there are never two. */
  raise(alert: Alert): void {
    const older = this.#db.sql.updateTable('alerts').set({ clearedAt: alert.raisedAt }).where('clearedAt', 'is', null);
    this.#db.run(older.where('rule', '=', alert.rule).where('device', '=', alert.device));
    const row = this.#db.first(this.#db.sql.insertInto('alerts').values(alert).returning('seq'));
    const old = this.#db.sql.deleteFrom('alerts').where('clearedAt', 'is not', null);
    this.#db.run(old.where('seq', '<=', (row?.seq ?? 0) - MAX_PAST));
  }

  clear(id: string, clearedAt: number): void {
    this.#db.run(this.#db.sql.updateTable('alerts').set({ clearedAt }).where('id', '=', id));
  }

  /** What is over, the latest first; `next` is the `before` of the page that follows. */
  past(before: number | undefined): { alerts: Alert[]; next?: string } {
    let query = this.#rows().where('clearedAt', 'is not', null).orderBy('seq', 'desc').limit(PAGE);
    if (before !== undefined) query = query.where('seq', '<', before);
    const rows = this.#db.all(query);
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    return { alerts: rows.map(shown), ...(last && { next: String(last.seq) }) };
  }

  /** Everything of a device that was removed. */
  forget(deviceId: string): void {
    this.#db.transaction(() => {
      this.#db.run(this.#db.sql.deleteFrom('alerts').where('device', '=', deviceId));
      this.setGoodbye(deviceId, false);
    });
  }

  /** Devices that left on purpose. */
  goodbyes(): string[] {
    return this.#db.all(this.#db.sql.selectFrom('alertGoodbyes').selectAll()).map(({ deviceId }) => deviceId);
  }

  setGoodbye(deviceId: string, said: boolean): void {
    if (!said) this.#db.run(this.#db.sql.deleteFrom('alertGoodbyes').where('deviceId', '=', deviceId));
    else
      this.#db.run(
        this.#db.sql
          .insertInto('alertGoodbyes')
          .values({ deviceId })
          .onConflict((conflict) => conflict.doNothing()),
      );
  }

  #rows() {
    return this.#db.sql.selectFrom('alerts').selectAll();
  }
}

function shown({ seq: _, ...alert }: Alert & { seq: number }): Alert {
  return { ...alert };
}
