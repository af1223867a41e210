import { PortholeError, type UploadState } from '@porthole/protocol';
import type { Subject } from '../../../base/access.ts';
import type { Database } from '../../../base/db/database.ts';
import type { Schema } from '../../../base/db/schema.ts';

export type UploadRow = Schema['uploads'];

/** An upload that nobody goes on with is forgotten after so long, here as on its device; in ms. */
export const UPLOAD_LIFE_MS = 24 * 3_600_000;
/** Uploads of one user that are not forgotten yet. */
const MAX_PER_USER = 20_000;

/** The uploads that may be gone on with, so that they survive a restart of the hub. */
export class UploadRows {
  readonly #db: Database;
  readonly #now: () => number;

  constructor(db: Database, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** Throws `channel.limit` when the user has too many. */
  add(row: Omit<UploadRow, 'touchedAt'>): void {
    this.#db.transaction(() => {
      this.#expire();
      const count = this.#db.sql.fn.countAll<number>().as('count');
      const own = this.#db.first(this.#db.sql.selectFrom('uploads').select(count).where('userId', '=', row.userId));
      if ((own?.count ?? 0) >= MAX_PER_USER) throw new PortholeError('channel.limit');
      this.#db.run(this.#db.sql.insertInto('uploads').values({ ...row, touchedAt: this.#now() }));
    });
  }

  /** Throws `upload.unknown` for what is not there, is forgotten, or is somebody else's; an admin may go on with any. */
  get(id: string, deviceId: string, subject: Subject): UploadRow {
    const row = this.#db.first(this.#db.sql.selectFrom('uploads').selectAll().where('id', '=', id));
    const own = row?.userId === subject.userId || subject.role === 'admin';
    if (!row || !own || row.deviceId !== deviceId || this.expires(row) <= this.#now())
      throw new PortholeError('upload.unknown');
    return row;
  }

  /** When it is forgotten, in ms since 1970. */
  expires({ touchedAt }: { touchedAt: number }): number {
    return touchedAt + UPLOAD_LIFE_MS;
  }

  /** Somebody went on with it. */
  touch(id: string, state: UploadState['state']): void {
    const news = { state, touchedAt: this.#now() };
    this.#db.run(this.#db.sql.updateTable('uploads').set(news).where('id', '=', id));
  }

  remove(id: string): void {
    this.#db.run(this.#db.sql.deleteFrom('uploads').where('id', '=', id));
  }

  #expire(): void {
    const before = this.#now() - UPLOAD_LIFE_MS;
    this.#db.run(this.#db.sql.deleteFrom('uploads').where('touchedAt', '<', before));
  }
}
