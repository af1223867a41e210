import {
  type AllPreferences,
  PortholeError,
  PREFERENCE_PART_NAMES,
  PREFERENCE_PARTS,
  type PreferencePart,
  type Preferences,
} from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';

/** Bytes of JSON of one user at most, all parts together. */
const MAX_BYTES = 2 * 1024 * 1024;

/** The value in the form of that part. Throws `request.invalid`. */
export function checkPart(part: PreferencePart, value: unknown): unknown {
  const parsed = PREFERENCE_PARTS[part].safeParse(value);
  if (!parsed.success) throw new PortholeError('request.invalid', `'${part}' is not valid.`);
  return parsed.data;
}

/** How users like the portal, part by part, and what an admin chose for those who have nothing of their own. */
export class PreferenceStore {
  readonly #db: Database;
  readonly #audit: Audit;

  constructor({ db, audit }: { db: Database; audit: Audit }) {
    this.#db = db;
    this.#audit = audit;
  }

  /** What was stored by an older hub and fits no longer is left out. */
  all(userId: string): AllPreferences {
    const own = this.#db.sql.selectFrom('preferences').select(['part', 'value']).where('userId', '=', userId);
    const defaults = this.#db.sql.selectFrom('preferenceDefaults').select(['part', 'value']);
    return { own: read(this.#db.all(own)), defaults: read(this.#db.all(defaults)) };
  }

  /** Replaces one part; the value was checked. Throws `request.too-large` when there would be too much. */
  save(userId: string, part: PreferencePart, value: unknown): void {
    this.#db.transaction(() => {
      this.#save(userId, part, JSON.stringify(value));
      this.#checkUser(userId);
    });
  }

  /** Replaces everything that is the user's own. */
  replace(userId: string, preferences: Preferences): void {
    this.#db.transaction(() => {
      this.#db.run(this.#db.sql.deleteFrom('preferences').where('userId', '=', userId));
      for (const part of PREFERENCE_PART_NAMES)
        if (preferences[part] !== undefined) this.#save(userId, part, JSON.stringify(preferences[part]));
      this.#checkUser(userId);
    });
  }

  /** Back to what holds without it. */
  remove(userId: string, part: PreferencePart): void {
    this.#db.run(this.#db.sql.deleteFrom('preferences').where('userId', '=', userId).where('part', '=', part));
  }

  /** Undefined takes it away. `actor` is for the log. */
  setDefault(part: PreferencePart, value: unknown, actor: string): void {
    const text = value === undefined ? undefined : JSON.stringify(value);
    this.#db.transaction(() => {
      this.#audit.append({ actor, action: 'settings.preferences', target: part, detail: text ?? 'none' });
      this.#db.run(this.#db.sql.deleteFrom('preferenceDefaults').where('part', '=', part));
      if (text !== undefined) this.#db.run(this.#db.sql.insertInto('preferenceDefaults').values({ part, value: text }));
    });
  }

  #save(userId: string, part: PreferencePart, value: string): void {
    // Another process may have removed the user a moment ago.
    if (!this.#db.first(this.#db.sql.selectFrom('users').select('id').where('id', '=', userId)))
      throw new PortholeError('auth.session-ended');
    const insert = this.#db.sql.insertInto('preferences').values({ userId, part, value });
    this.#db.run(insert.onConflict((conflict) => conflict.columns(['userId', 'part']).doUpdateSet({ value })));
  }

  #checkUser(userId: string): void {
    const rows = this.#db.all(this.#db.sql.selectFrom('preferences').select('value').where('userId', '=', userId));
    const bytes = rows.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
    if (bytes > MAX_BYTES) throw new PortholeError('request.too-large');
  }
}

function read(rows: readonly { part: PreferencePart; value: string }[]): Preferences {
  const known = rows.flatMap(({ part, value }) => {
    const parsed = PREFERENCE_PARTS[part]?.safeParse(JSON.parse(value));
    return parsed?.success ? [[part, parsed.data] as const] : [];
  });
  return Object.fromEntries(known);
}
