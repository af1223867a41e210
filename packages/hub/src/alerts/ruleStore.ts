import { randomBytes } from 'node:crypto';
import { type AlertRule, type AlertRuleBody, alertRule, PortholeError } from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { DEFAULT_RULES } from './defaultRules.ts';

const MAX_RULES = 200;
/** Its row in the table of settings says that the first rules were made, so that those removed since do not come back. */
const MADE = 'alertRules.made';

/** The rules, in memory as they are on disk. Every change is in the log. */
export class RuleStore {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #rules = new Map<string, AlertRule>();
  #all: readonly AlertRule[] | undefined;

  constructor({ db, audit }: { db: Database; audit: Audit }) {
    this.#db = db;
    this.#audit = audit;
    this.#makeFirst();
    for (const { id, rule } of db.all(db.sql.selectFrom('alertRules').selectAll().orderBy('createdAt').orderBy('id'))) {
      const stored = alertRule.safeParse({ id, ...JSON.parse(rule) });
      if (stored.success) this.#rules.set(id, stored.data);
    }
  }

  /** In the order in which they were made; another array after each change. */
  get all(): readonly AlertRule[] {
    this.#all ??= [...this.#rules.values()];
    return this.#all;
  }

  /** Throws `alert.limit`. */
  add(body: AlertRuleBody, actor: string): AlertRule {
    if (this.#rules.size >= MAX_RULES) throw new PortholeError('alert.limit');
    const rule = { id: newId(), ...body };
    this.#write(rule.id, body, { actor, action: 'alert-rule.add' });
    this.#set(rule);
    return rule;
  }

  /** Throws `alert.unknown`. */
  replace(id: string, body: AlertRuleBody, actor: string): AlertRule {
    if (!this.#rules.has(id)) throw new PortholeError('alert.unknown');
    this.#write(id, body, { actor, action: 'alert-rule.change' });
    const rule = { id, ...body };
    this.#set(rule);
    return rule;
  }

  /** Throws `alert.unknown`. */
  remove(id: string, actor: string): void {
    if (!this.#rules.has(id)) throw new PortholeError('alert.unknown');
    this.#db.transaction(() => {
      this.#audit.append({ actor, action: 'alert-rule.remove', target: id });
      this.#db.run(this.#db.sql.deleteFrom('alertRules').where('id', '=', id));
    });
    this.#rules.delete(id);
    this.#all = undefined;
  }

  #set(rule: AlertRule): void {
    this.#rules.set(rule.id, rule);
    this.#all = undefined;
  }

  #write(id: string, body: AlertRuleBody, entry: { actor: string; action: string }): void {
    const rule = JSON.stringify(body);
    this.#db.transaction(() => {
      this.#audit.append({ ...entry, target: id, detail: rule });
      const insert = this.#db.sql.insertInto('alertRules').values({ id, rule, createdAt: Date.now() });
      this.#db.run(insert.onConflict((conflict) => conflict.column('id').doUpdateSet({ rule })));
    });
  }

  #makeFirst(): void {
    if (this.#db.first(this.#db.sql.selectFrom('settings').select('name').where('name', '=', MADE))) return;
    this.#db.transaction(() => {
      this.#db.run(this.#db.sql.insertInto('settings').values({ name: MADE, value: 'true' }));
      for (const [position, body] of DEFAULT_RULES.entries()) {
        const row = { id: newId(), rule: JSON.stringify(body), createdAt: position };
        this.#db.run(this.#db.sql.insertInto('alertRules').values(row));
      }
    });
  }
}

function newId(): string {
  return randomBytes(12).toString('base64url');
}
