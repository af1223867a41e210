import type { Description, DeviceFacts, StatsSample, Toggles } from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { deviceIdOf } from '../base/identity.ts';
import { type DeviceRecord, recordOf, UNARRANGED } from './deviceRows.ts';
import { burnToken } from './tokens.ts';
import { usableName } from './usableName.ts';

export type { DeviceRecord } from './deviceRows.ts';

export interface Enrolment {
  publicKey: string;
  /** The secret of an enrolment token. */
  secret: string;
  name: string | undefined;
  description: Description;
  toggles: Toggles;
}

export interface StateChange {
  id: string;
  description?: Description | undefined;
  toggles?: Toggles | undefined;
  stats?: StatsSample | null | undefined;
  facts?: DeviceFacts | undefined;
  lastSeen?: number | undefined;
}

export interface StoredThumbnail {
  version: string;
  width: number;
  height: number;
  at: number;
  jpeg: Uint8Array;
}

/** What goes with a device. */
const OF_A_DEVICE = ['thumbnails', 'deviceProfiles', 'deviceFacts', 'deviceLayouts'] as const;

/** What the hub remembers of its devices, on disk. Every method is one small transaction; what returned is stored. */
export class DeviceStore {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #now: () => number;

  constructor(db: Database, audit: Audit, now: () => number = Date.now) {
    this.#db = db;
    this.#audit = audit;
    this.#now = now;
  }

  list(): DeviceRecord[] {
    return this.#db.all(this.#rows()).map(recordOf);
  }

  get(id: string): DeviceRecord | undefined {
    const row = this.#db.first(this.#rows().where('devices.id', '=', id));
    return row && recordOf(row);
  }

  /** True for a device that was removed and not enrolled again since. */
  wasRemoved(id: string): boolean {
    const query = this.#db.sql
      .selectFrom('devices')
      .select('id')
      .where('id', '=', id)
      .where('removedAt', 'is not', null);
    return this.#db.first(query) !== undefined;
  }

  /**
   * Introduces a device by burning one use of a token. One that is known already keeps its record and name.
   * Throws `token.invalid`, `token.expired` or `token.used`.
   */
  enrol(enrolment: Enrolment): DeviceRecord {
    const id = deviceIdOf(enrolment.publicKey);
    return this.#db.transaction(() => {
      const token = burnToken(this.#db, enrolment.secret, this.#now());
      this.#audit.append({ actor: token.createdBy, action: 'device.enrol', target: id, detail: { token: token.id } });
      const known = this.get(id);
      if (known) return known;
      const record = this.#newRecord(id, enrolment);
      this.#insert(record);
      return record;
    });
  }

  /** Forgets a device and refuses its key from now on. False when there is no such device. `actor` is for the log. */
  remove(id: string, actor = 'hub'): boolean {
    return this.#db.transaction(() => {
      if (!this.get(id)) return false;
      this.#audit.append({ actor, action: 'device.remove', target: id });
      for (const table of OF_A_DEVICE) this.#db.run(this.#db.sql.deleteFrom(table).where('deviceId', '=', id));
      const change = this.#db.sql.updateTable('devices').set({ removedAt: this.#now(), stats: null });
      this.#db.run(change.where('id', '=', id));
      return true;
    });
  }

  /** Stores what changed, all of it at once; what is left out stays. Devices that are gone are passed over. */
  saveState(changes: readonly StateChange[]): void {
    this.#db.transaction(() => {
      for (const change of changes) {
        const columns = columnsOf(change);
        if (Object.keys(columns).length > 0) this.#update(change.id, columns);
        if (change.facts) this.#saveFacts(change.id, JSON.stringify(change.facts));
      }
    });
  }

  /** Replaces the device's picture; passed over when the device is gone. */
  saveThumbnail(id: string, { version, width, height, at, jpeg }: StoredThumbnail): void {
    this.#db.transaction(() => {
      if (!this.get(id)) return;
      const values = { version, width, height, at: Math.round(at), jpeg };
      const insert = this.#db.sql.insertInto('thumbnails').values({ deviceId: id, ...values });
      this.#db.run(insert.onConflict((conflict) => conflict.column('deviceId').doUpdateSet(values)));
    });
  }

  thumbnailOf(id: string): { jpeg: Uint8Array; version: string } | undefined {
    return this.#db.first(this.#db.sql.selectFrom('thumbnails').select(['jpeg', 'version']).where('deviceId', '=', id));
  }

  #update(id: string, columns: ReturnType<typeof columnsOf>): void {
    const change = this.#db.sql.updateTable('devices').set(columns);
    this.#db.run(change.where('id', '=', id).where('removedAt', 'is', null));
  }

  #saveFacts(id: string, facts: string): void {
    if (!this.get(id)) return;
    const insert = this.#db.sql.insertInto('deviceFacts').values({ deviceId: id, facts });
    this.#db.run(insert.onConflict((conflict) => conflict.column('deviceId').doUpdateSet({ facts })));
  }

  #rows() {
    return this.#db.sql
      .selectFrom('devices')
      .leftJoin('thumbnails', 'thumbnails.deviceId', 'devices.id')
      .leftJoin('deviceProfiles', 'deviceProfiles.deviceId', 'devices.id')
      .leftJoin('deviceFacts', 'deviceFacts.deviceId', 'devices.id')
      .where('devices.removedAt', 'is', null)
      .select(['devices.id', 'publicKey', 'name', 'description', 'toggles', 'stats', 'screenSettings'])
      .select([
        'terminalSettings',
        'sendingSettings',
        'profile',
        'facts',
        'lastSeen',
        'createdAt',
        'version',
        'width',
        'height',
        'at',
      ]);
  }

  #newRecord(id: string, { publicKey, name, description, toggles }: Enrolment): DeviceRecord {
    const now = this.#now();
    return {
      id,
      publicKey,
      name: usableName([name, description.hostname], id),
      description,
      toggles,
      ...UNARRANGED,
      facts: null,
      stats: null,
      thumbnail: null,
      lastSeen: now,
      createdAt: now,
    };
  }

  #insert({ id, publicKey, name, description, toggles, lastSeen, createdAt }: DeviceRecord): void {
    const values = {
      id,
      publicKey,
      name,
      description: JSON.stringify(description),
      toggles: JSON.stringify(toggles),
      screenSettings: null,
      terminalSettings: null,
      sendingSettings: null,
      stats: null,
      lastSeen,
      createdAt,
      removedAt: null,
    };
    const insert = this.#db.sql.insertInto('devices').values(values);
    this.#db.run(insert.onConflict((conflict) => conflict.column('id').doUpdateSet(values)));
  }
}

function columnsOf({ description, toggles, stats, lastSeen }: StateChange) {
  return {
    ...(description && { description: JSON.stringify(description) }),
    ...(toggles && { toggles: JSON.stringify(toggles) }),
    ...(stats !== undefined && { stats: stats && JSON.stringify(stats) }),
    ...(lastSeen !== undefined && { lastSeen: Math.round(lastSeen) }),
  };
}
