import type * as z from 'zod';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';

export interface HubSettingOptions<Value> {
  /** Its row in the table of settings; in the log it is `settings.NAME`. */
  name: string;
  schema: z.ZodType<Value>;
  /** What holds while nobody has set it, and instead of what an older hub stored and this one cannot read. */
  fallback: Value;
  /** What the log says of a value, where that may hold a secret; all of it when left out. */
  logged?: (value: Value) => string;
}

/** One setting of the whole hub, as JSON on disk and ready in memory. */
export class HubSetting<Value> {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #name: string;
  readonly #logged: (value: Value) => string;
  #value: Value;

  constructor({ db, audit }: { db: Database; audit: Audit }, options: HubSettingOptions<Value>) {
    const { name, schema, fallback, logged = JSON.stringify } = options;
    this.#db = db;
    this.#audit = audit;
    this.#name = name;
    this.#logged = logged;
    const row = db.first(db.sql.selectFrom('settings').select('value').where('name', '=', name));
    const stored = row && schema.safeParse(JSON.parse(row.value));
    this.#value = stored?.success ? stored.data : fallback;
  }

  get value(): Value {
    return this.#value;
  }

  /** Returns once it is stored and in the log. `actor` is a user name. Throws `StorageError`, and then nothing changed. */
  set(value: Value, actor: string): void {
    const text = JSON.stringify(value);
    this.#db.transaction(() => {
      this.#audit.append({ actor, action: `settings.${this.#name}`, target: 'hub', detail: this.#logged(value) });
      const insert = this.#db.sql.insertInto('settings').values({ name: this.#name, value: text });
      this.#db.run(insert.onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text })));
    });
    this.#value = value;
  }
}
