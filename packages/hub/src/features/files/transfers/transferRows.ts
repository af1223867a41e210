import { type CreateTransfer, PortholeError, type Transfer } from '@porthole/protocol';
import type { Database } from '../../../base/db/database.ts';
import type { Schema } from '../../../base/db/schema.ts';

export type TransferRow = Schema['transfers'];
/** What may change of a transfer once it is there. */
export type TransferNews = Partial<
  Pick<TransferRow, 'state' | 'cursor' | 'bytes' | 'entries' | 'failed' | 'error' | 'underWay'>
>;

/** Transfers of one user that are remembered; those that are over make room. */
const MAX_PER_USER = 100;

/** The copies from device to device, so that they go on after a restart of the hub. */
export class TransferRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  all(): TransferRow[] {
    return this.#db.all(this.#db.sql.selectFrom('transfers').selectAll().orderBy('createdAt'));
  }

  /** Throws `channel.limit` when the user has too many that are not over. Returns the ids that made room. */
  add(row: TransferRow): string[] {
    return this.#db.transaction(() => {
      const own = this.all().filter(({ userId }) => userId === row.userId);
      const over = own.filter(({ state }) => state !== 'running' && state !== 'paused').map(({ id }) => id);
      const gone = over.slice(0, Math.max(0, own.length + 1 - MAX_PER_USER));
      if (own.length - gone.length >= MAX_PER_USER) throw new PortholeError('channel.limit');
      for (const id of gone) this.remove(id);
      this.#db.run(this.#db.sql.insertInto('transfers').values(row));
      return gone;
    });
  }

  update(id: string, news: TransferNews): void {
    this.#db.run(this.#db.sql.updateTable('transfers').set(news).where('id', '=', id));
  }

  remove(id: string): void {
    this.#db.run(this.#db.sql.deleteFrom('transfers').where('id', '=', id));
  }
}

/** As people are shown it. */
export function shownTransfer(row: TransferRow): Transfer {
  const { id, username, fromDevice, toDevice, paths, folder, conflict, state, bytes, entries, error, createdAt } = row;
  return {
    id,
    user: username,
    from: { device: fromDevice, paths: JSON.parse(paths) },
    to: { device: toDevice, folder },
    conflict,
    state,
    bytes,
    entries,
    failed: JSON.parse(row.failed),
    created: createdAt,
    ...(error !== null && { error }),
  };
}

/** A fresh one. */
export function transferRow(id: string, wish: CreateTransfer, user: { id: string; name: string }): TransferRow {
  return {
    id,
    userId: user.id,
    username: user.name,
    fromDevice: wish.from.device,
    toDevice: wish.to.device,
    paths: JSON.stringify(wish.from.paths),
    folder: wish.to.folder,
    conflict: wish.conflict,
    state: 'running',
    cursor: null,
    bytes: 0,
    entries: 0,
    failed: '[]',
    error: null,
    underWay: null,
    createdAt: Date.now(),
  };
}
