import type { WebhookBody } from '@porthole/protocol';
import type { Database } from '../../base/db/database.ts';

/** What waits at most; beyond it the oldest is given up. */
const MAX_WAITING = 200;

/** What the webhook was not told yet, on disk, so that a restart of the hub loses none of it. */
export class WebhookStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** To be called in the transaction of what it tells. */
  add(body: WebhookBody): void {
    const row = this.#db.first(
      this.#db.sql
        .insertInto('webhookQueue')
        .values({ body: JSON.stringify(body) })
        .returning('seq'),
    );
    this.#db.run(this.#db.sql.deleteFrom('webhookQueue').where('seq', '<=', (row?.seq ?? 0) - MAX_WAITING));
  }

  first(): { seq: number; body: string } | undefined {
    return this.#db.first(this.#db.sql.selectFrom('webhookQueue').selectAll().orderBy('seq').limit(1));
  }

  remove(seq: number): void {
    this.#db.run(this.#db.sql.deleteFrom('webhookQueue').where('seq', '=', seq));
  }

  clear(): void {
    this.#db.run(this.#db.sql.deleteFrom('webhookQueue'));
  }
}
