import { createHash, randomBytes } from 'node:crypto';
import { formatToken, PortholeError } from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';

export interface NewToken {
  /** How long it may be used, in ms. */
  ttlMs: number;
  /** How many devices it introduces. */
  uses: number;
  /** A user name, or 'command line'. */
  createdBy: string;
}

/** Spent and expired tokens are kept that long, so that the device hears what is wrong with its token. */
const KEEP_MS = 7 * 86_400_000;

/** Enrolment tokens. The secret exists only in the text given out; the table holds its hash. */
export class Tokens {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #hubKey: string;
  readonly #now: () => number;

  constructor(parts: { db: Database; audit: Audit; hubKey: string; now?: () => number }) {
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#hubKey = parts.hubKey;
    this.#now = parts.now ?? Date.now;
  }

  /** `token` carries the hub's public key to pin; `expires` in ms since 1970. */
  create({ ttlMs, uses, createdBy }: NewToken): { token: string; expires: number } {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#now();
    const row = { id: hashOf(secret), createdBy, createdAt: now, expires: now + ttlMs, usesLeft: uses };
    this.#db.transaction(() => {
      this.#audit.append({ actor: createdBy, action: 'token.create', target: row.id, detail: { ttlMs, uses } });
      this.#db.run(this.#db.sql.deleteFrom('tokens').where('expires', '<', now - KEEP_MS));
      this.#db.run(this.#db.sql.insertInto('tokens').values(row));
    });
    return { token: formatToken({ secret, hubKey: this.#hubKey }), expires: row.expires };
  }
}

/** Takes one use of a token, as part of a transaction. Returns who made it. Throws `token.invalid`, `token.expired` or `token.used`. */
export function burnToken(db: Database, secret: string, now: number): { id: string; createdBy: string } {
  const id = hashOf(secret);
  const row = db.first(db.sql.selectFrom('tokens').selectAll().where('id', '=', id));
  if (!row) throw new PortholeError('token.invalid');
  if (row.usesLeft < 1) throw new PortholeError('token.used');
  if (row.expires <= now) throw new PortholeError('token.expired');
  db.run(
    db.sql
      .updateTable('tokens')
      .set({ usesLeft: row.usesLeft - 1 })
      .where('id', '=', id),
  );
  return { id, createdBy: row.createdBy };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
