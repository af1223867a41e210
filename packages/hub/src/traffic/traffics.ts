import type { FeatureName, Traffic } from '@porthole/protocol';
import * as z from 'zod';
import type { Database } from '../base/db/database.ts';
import { StorageError } from '../base/db/storageError.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import { type Day, dayOf } from './day.ts';
import { DeviceTraffic } from './deviceTraffic.ts';

/** How often what was counted is written down, in ms. */
const SAVE_MS = 60_000;
const storedBytes = z.record(z.string(), z.record(z.string(), z.number().nonnegative()));

/** Told of everything that arrives from a device: the feature whose channel it is for, or undefined, and its bytes. */
export type CountBytes = (feature: FeatureName | undefined, bytes: number) => void;

/**
 * What each device sends, by feature. It is asked for each frame, so counting is a few additions. A day is one of the hub's
 * clock; one that is put back over midnight begins that day anew.
 */
export class Traffics {
  readonly #db: Database;
  readonly #directory: DeviceDirectory;
  readonly #now: () => number;
  readonly #devices = new Map<string, DeviceTraffic>();
  readonly #saving: NodeJS.Timeout;
  readonly #stop: () => void;
  #day: Day;
  #saved = '{}';
  #isClosed = false;

  constructor(db: Database, directory: DeviceDirectory, now: () => number = Date.now) {
    this.#db = db;
    this.#directory = directory;
    this.#now = now;
    this.#day = dayOf(now());
    this.#load();
    this.#stop = directory.listen(({ type, id }) => {
      if (type === 'removed') this.#devices.delete(id);
    });
    this.#saving = setInterval(() => this.save(), SAVE_MS);
    this.#saving.unref();
  }

  /** Counts what arrives from one device. */
  counter(id: string): CountBytes {
    return (feature, bytes) => {
      this.#turnDay();
      this.#of(id).add(feature ?? 'other', bytes, performance.now());
    };
  }

  /** Throws `not-found`. */
  show(id: string): Traffic {
    this.#turnDay();
    return this.#of(this.#directory.get(id).id).show(performance.now());
  }

  /** Writes down what was counted. What the disk has no room for is kept, and written with the next round. */
  save(): void {
    if (this.#isClosed) return;
    this.#turnDay();
    const bytes = JSON.stringify(Object.fromEntries([...this.#devices].map(([id, device]) => [id, device.bytes()])));
    if (bytes === this.#saved) return;
    try {
      this.#store(bytes);
      this.#saved = bytes;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** The last write. */
  close(): void {
    this.save();
    this.#isClosed = true;
    this.#stop();
    clearInterval(this.#saving);
  }

  #of(id: string): DeviceTraffic {
    let device = this.#devices.get(id);
    if (!device) {
      device = new DeviceTraffic();
      // Of one that was just removed, what still comes is counted into nothing.
      if (this.#directory.find(id)) this.#devices.set(id, device);
    }
    return device;
  }

  #turnDay(): void {
    const now = this.#now();
    if (now >= this.#day.from && now < this.#day.to) return;
    this.#day = dayOf(now);
    for (const device of this.#devices.values()) device.startDay();
  }

  #load(): void {
    const row = this.#db.first(this.#db.sql.selectFrom('traffic').select('bytes').where('day', '=', this.#day.date));
    const parsed = row && storedBytes.safeParse(JSON.parse(row.bytes));
    if (!parsed?.success) return;
    for (const [id, bytes] of Object.entries(parsed.data)) {
      if (this.#directory.find(id)) this.#devices.set(id, new DeviceTraffic(bytes));
    }
  }

  #store(bytes: string): void {
    this.#db.transaction(() => {
      this.#db.run(this.#db.sql.deleteFrom('traffic'));
      this.#db.run(this.#db.sql.insertInto('traffic').values({ day: this.#day.date, bytes }));
    });
  }
}
