import type { RunDevice } from '@porthole/protocol';
import type { Database } from '../../base/db/database.ts';
import type { KeptRun } from './expiry.ts';
import {
  type Counts,
  countsOf,
  deviceColumns,
  type NewRun,
  type RunDeviceRow,
  type RunRow,
  shownDevice,
} from './runRows.ts';

/** Runs on disk, without what they wrote. Every method is one small transaction; what returned is stored. */
export class RunStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Does several things at once, or none. */
  together<Result>(work: () => Result): Result {
    return this.#db.transaction(work);
  }

  add(run: NewRun, devices: readonly RunDevice[]): RunRow {
    return this.#db.transaction(() => {
      this.#db.run(this.#db.sql.insertInto('runs').values(run));
      for (const [position, device] of devices.entries()) {
        const row = { runId: run.id, deviceId: device.device, position, name: device.name, ...deviceColumns(device) };
        this.#db.run(this.#db.sql.insertInto('runDevices').values(row));
      }
      const stored = this.get(run.id);
      if (!stored) throw new Error('a run that was just stored is not there');
      return stored;
    });
  }

  get(id: string): RunRow | undefined {
    return this.#db.first(this.#db.sql.selectFrom('runs').selectAll().where('id', '=', id));
  }

  /** Those that were not over when the hub stopped. */
  unfinished(): RunRow[] {
    return this.#db.all(this.#db.sql.selectFrom('runs').selectAll().where('endedAt', 'is', null).orderBy('seq'));
  }

  devicesOf(runId: string): RunDevice[] {
    const query = this.#db.sql.selectFrom('runDevices').selectAll().where('runId', '=', runId).orderBy('position');
    return this.#db.all<RunDeviceRow>(query).map(shownDevice);
  }

  setDevices(runId: string, devices: readonly RunDevice[]): void {
    this.#db.transaction(() => {
      for (const device of devices) {
        const change = this.#db.sql.updateTable('runDevices').set(deviceColumns(device));
        this.#db.run(change.where('runId', '=', runId).where('deviceId', '=', device.device));
      }
    });
  }

  end(runId: string, endedAt: number, counts: Counts): void {
    const change = this.#db.sql.updateTable('runs').set({ endedAt, counts: JSON.stringify(counts), input: null });
    this.#db.run(change.where('id', '=', runId));
  }

  /** Counted when it ended; counted now when that was lost. */
  countsOf(row: RunRow): Counts {
    return row.counts === null ? countsOf(this.devicesOf(row.id)) : JSON.parse(row.counts);
  }

  /** What decides which runs are kept, the newest first. */
  kept(): KeptRun[] {
    return this.#db.all(
      this.#db.sql.selectFrom('runs').select(['id', 'createdAt', 'endedAt', 'kept']).orderBy('seq', 'desc'),
    );
  }

  /** Forgets a run at once; what it wrote is deleted little by little. */
  remove(id: string): void {
    this.#db.transaction(() => {
      this.#db.run(this.#db.sql.deleteFrom('runDevices').where('runId', '=', id));
      this.#db.run(this.#db.sql.deleteFrom('runs').where('id', '=', id));
      const garbage = this.#db.sql.insertInto('runGarbage').values({ runId: id });
      this.#db.run(garbage.onConflict((conflict) => conflict.doNothing()));
    });
  }
}
