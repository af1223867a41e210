import { createHash } from 'node:crypto';
import type { Database } from '../base/db/database.ts';

/** One thing that happened. `actor` is a user name, a device id or 'hub'; `detail` must hold no secret. */
export interface AuditEntry {
  actor: string;
  action: string;
  target: string;
  detail?: string | Record<string, string | number | boolean>;
}

export interface AuditRow {
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string;
  detail: string;
  hash: string;
}

export type ChainCheck = { ok: true; rows: number } | { ok: false; seq: number };

interface Waiting {
  entry: AuditEntry;
  resolve: () => void;
  reject: (error: unknown) => void;
}

const BATCH = 1000;
/** Longest text of one field; hostile text must not fill the disk. */
const MAX_TEXT = 512;

/**
 * The log of what mattered: append-only, each row hashed together with the one before it, so that a row changed or taken
 * out later is found. Append before the action takes effect, or in the same transaction.
 */
export class Audit {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];

  constructor(db: Database, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  append(entry: AuditEntry): void {
    this.#appendAll([entry]);
  }

  /**
   * The same for what many do at the same time: resolves once it is on the disk, and what waits together is written together.
   * Rejects with the `StorageError` of the write.
   */
  appendTogether(entry: AuditEntry): Promise<void> {
    // While one write goes on, everything else in the hub waits; what comes meanwhile is heard in one go, and so written in one.
    if (this.#waiting.length === 0) setImmediate(() => this.#appendWaiting(this.#waiting.splice(0)));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ entry, resolve, reject });
    return promise;
  }

  #appendWaiting(waiting: readonly Waiting[]): void {
    try {
      this.#appendAll(waiting.map(({ entry }) => entry));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      return;
    }
    for (const { resolve } of waiting) resolve();
  }

  #appendAll(entries: readonly AuditEntry[]): void {
    this.#db.transaction(() => {
      const at = this.#now();
      let last = this.#db.first(this.#db.sql.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1));
      const rows: AuditRow[] = [];
      for (const entry of entries) {
        last = rowBehind(last, entry, at);
        rows.push(last);
      }
      for (let from = 0; from < rows.length; from += BATCH) {
        this.#db.run(this.#db.sql.insertInto('audit').values(rows.slice(from, from + BATCH)));
      }
    });
  }

  /** The rows after `after`, oldest first, at most 1000. */
  read(after = 0): AuditRow[] {
    return this.#db.all(
      this.#db.sql.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(BATCH),
    );
  }

  /** Recomputes every hash. `seq` names the first row that does not fit. */
  verifyChain(): ChainCheck {
    let previous = { seq: 0, hash: '' };
    for (let rows = this.read(); rows.length > 0; rows = this.read(previous.seq)) {
      for (const row of rows) {
        if (row.seq !== previous.seq + 1 || row.hash !== hashOf(row, previous.hash)) return { ok: false, seq: row.seq };
        previous = row;
      }
    }
    return { ok: true, rows: previous.seq };
  }
}

function rowBehind(last: AuditRow | undefined, entry: AuditEntry, at: number): AuditRow {
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor: cut(entry.actor),
    action: cut(entry.action),
    target: cut(entry.target),
    detail: detailOf(entry.detail),
  };
  return { ...row, hash: hashOf(row, last?.hash ?? '') };
}

/** Always JSON, so that no text can look like a row or a field of its own. */
function detailOf(detail: AuditEntry['detail']): string {
  if (typeof detail === 'string') return JSON.stringify(cut(detail));
  const entries = Object.entries(detail ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? cut(value) : value,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** JSON keeps fields apart: no text in one can pass for another. */
function hashOf(row: Omit<AuditRow, 'hash'>, previous: string): string {
  const text = JSON.stringify([previous, row.seq, row.at, row.actor, row.action, row.target, row.detail]);
  return createHash('sha256').update(text).digest('base64url');
}

function cut(text: string): string {
  return text.toWellFormed().slice(0, MAX_TEXT).toWellFormed();
}
