import type { Database } from '../../base/db/database.ts';
import { type OutputPiece, pieceFrom } from './outputPiece.ts';

/** Whose output it is. */
export interface OutputOf {
  runId: string;
  deviceId: string;
}

/** Rows that one round of sweeping takes out. */
const SWEPT_ROWS = 64;

/** What commands wrote, on disk, with an index of the words in it. */
export class OutputStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  append({ runId, deviceId }: OutputOf, pieces: readonly OutputPiece[]): void {
    this.#db.transaction(() => {
      let kept = 0;
      for (const { offset, at, stream, bytes } of pieces) {
        kept += bytes.byteLength;
        const row = { runId, deviceId, start: offset, at: Math.round(at), stream, bytes };
        const { id } = this.#db.first(this.#db.sql.insertInto('runOutput').values(row).returning('id')) ?? {};
        const words = textOf(bytes);
        if (id === undefined || words === undefined) continue;
        this.#db.run(this.#db.sql.insertInto('runWords').values({ rowid: id, words }));
      }
      const change = this.#db.sql.updateTable('runs').set((row) => ({ kept: row('kept', '+', kept) }));
      this.#db.run(change.where('id', '=', runId));
    });
  }

  /** The first piece that ends behind `offset`, cut so that it begins there or later. */
  next({ runId, deviceId }: OutputOf, offset: number): OutputPiece | undefined {
    const query = this.#db.sql.selectFrom('runOutput').select(['start as offset', 'at', 'stream', 'bytes']);
    const own = query.where('runId', '=', runId).where('deviceId', '=', deviceId).limit(1);
    const begun = this.#db.first(own.where('start', '<=', offset).orderBy('start', 'desc'));
    if (begun && begun.offset + begun.bytes.byteLength > offset) return pieceFrom(begun, offset);
    return this.#db.first(own.where('start', '>', offset).orderBy('start'));
  }

  /** Deletes some of what belongs to runs that are gone. False when there is nothing more of them. */
  sweep(): boolean {
    return this.#db.transaction(() => {
      const { runId } = this.#db.first(this.#db.sql.selectFrom('runGarbage').selectAll().limit(1)) ?? {};
      if (runId === undefined) return false;
      const query = this.#db.sql.selectFrom('runOutput').select('id').where('runId', '=', runId).limit(SWEPT_ROWS);
      const ids = this.#db.all(query).map(({ id }) => id);
      for (const id of ids) {
        this.#db.run(this.#db.sql.deleteFrom('runWords').where('rowid', '=', id));
        this.#db.run(this.#db.sql.deleteFrom('runOutput').where('id', '=', id));
      }
      if (ids.length < SWEPT_ROWS) this.#db.run(this.#db.sql.deleteFrom('runGarbage').where('runId', '=', runId));
      return true;
    });
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for what is no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
