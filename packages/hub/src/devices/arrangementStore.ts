import type { DeviceProfile, ScreenSettings, SendingSettings, TerminalSettings } from '@porthole/protocol';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';

/** The columns that people change, one at a time; null gives a setting back to what holds for all devices. */
type PersonalColumns =
  | { name: string }
  | { screenSettings: string | null }
  | { terminalSettings: string }
  | { sendingSettings: string | null };

/** Who did it, for the log. */
type Entry = Omit<AuditEntry, 'target'>;

/**
 * What people set of devices, on disk. Each change is one transaction together with its row in the log, and false when there is
 * no such device. `actor` is for the log.
 */
export class ArrangementStore {
  readonly #db: Database;
  readonly #audit: Audit;

  constructor(db: Database, audit: Audit) {
    this.#db = db;
    this.#audit = audit;
  }

  rename(id: string, name: string, actor = 'hub'): boolean {
    return this.#set(id, { name }, { actor, action: 'device.rename', detail: { name } });
  }

  setScreenSettings(id: string, settings: ScreenSettings | null, actor = 'hub'): boolean {
    const entry = { actor, action: 'device.screen-settings', detail: settings ? { ...settings } : 'as all' };
    return this.#set(id, { screenSettings: settings && JSON.stringify(settings) }, entry);
  }

  setTerminalSettings(id: string, settings: TerminalSettings, actor = 'hub'): boolean {
    const entry = { actor, action: 'device.terminal-settings', detail: { ...settings } };
    return this.#set(id, { terminalSettings: JSON.stringify(settings) }, entry);
  }

  setSendingSettings(id: string, settings: SendingSettings | null, actor = 'hub'): boolean {
    const text = settings && JSON.stringify(settings);
    return this.#set(
      id,
      { sendingSettings: text },
      { actor, action: 'device.sending-settings', detail: text ?? 'as all' },
    );
  }

  /** All of them or none, and one row in the log. `what` says there what was changed. */
  setProfiles(profiles: ReadonlyMap<string, DeviceProfile>, what: string, actor = 'hub'): boolean {
    const ids = [...profiles.keys()];
    return this.#db.transaction(() => {
      if (!ids.every((id) => this.#has(id))) return false;
      this.#audit.append({ actor, action: 'device.profile', target: ids.join(' '), detail: what });
      for (const [deviceId, profile] of profiles) this.#saveProfile(deviceId, JSON.stringify(profile));
      return true;
    });
  }

  /** The workspace that is shared with all who look at the device; null when there is none. */
  layoutOf(id: string): string | null {
    const query = this.#db.sql.selectFrom('deviceLayouts').select('layout').where('deviceId', '=', id);
    return this.#db.first(query)?.layout ?? null;
  }

  setLayout(id: string, layout: string | null, actor = 'hub'): boolean {
    return this.#db.transaction(() => {
      if (!this.#has(id)) return false;
      this.#audit.append({ actor, action: 'device.layout', target: id, detail: layout === null ? 'none' : 'shared' });
      this.#db.run(this.#db.sql.deleteFrom('deviceLayouts').where('deviceId', '=', id));
      if (layout !== null) this.#db.run(this.#db.sql.insertInto('deviceLayouts').values({ deviceId: id, layout }));
      return true;
    });
  }

  #set(id: string, columns: PersonalColumns, entry: Entry): boolean {
    return this.#db.transaction(() => {
      if (!this.#has(id)) return false;
      this.#audit.append({ ...entry, target: id });
      this.#db.run(this.#db.sql.updateTable('devices').set(columns).where('id', '=', id));
      return true;
    });
  }

  #saveProfile(deviceId: string, profile: string): void {
    const insert = this.#db.sql.insertInto('deviceProfiles').values({ deviceId, profile });
    this.#db.run(insert.onConflict((conflict) => conflict.column('deviceId').doUpdateSet({ profile })));
  }

  #has(id: string): boolean {
    const query = this.#db.sql.selectFrom('devices').select('id').where('id', '=', id).where('removedAt', 'is', null);
    return this.#db.first(query) !== undefined;
  }
}
