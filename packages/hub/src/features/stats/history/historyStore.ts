import type { TopProcess } from '@porthole/protocol';
import { type CompiledQuery, sql } from 'kysely';
import type { Database, Query } from '../../../base/db/database.ts';
import { orGap } from './stored.ts';
import { decodeTop } from './topProcesses.ts';

/** A row as it is stored; `step` and `at` in ms. */
export interface HistoryRow {
  step: number;
  at: number;
  figures: Uint8Array;
  top: string | null;
}

/** Where rows of the same step and moment lie. */
export interface Place {
  step: number;
  at: number;
}
/** Before all of them. */
export const FIRST_PLACE: Place = { step: -1, at: 0 };

/** Steps that are looked up in one go, so that nobody waits long for the answer to another's question. */
export const SLICE = 1_000;
/** Rows that are deleted in one go. */
const SWEEP = 2_000;

/** The history on disk. Rows that belong to the same moment lie together, so one device is looked up step by step. */
export class HistoryStore {
  readonly #db: Database;
  readonly #numbers = new Map<string, number>();
  readonly #find: (...values: unknown[]) => Query<HistoryRow>;
  readonly #save: (...values: unknown[]) => Query<unknown>;

  constructor(db: Database) {
    this.#db = db;
    this.#find = written(
      sql<HistoryRow>`SELECT step, at, figures, top FROM history WHERE step = ${0} AND at = ${0} AND device = ${0}`.compile(
        db.sql,
      ),
    );
    this.#save = written(
      sql`INSERT OR REPLACE INTO history (step, at, device, figures, top) VALUES (${0}, ${0}, ${0}, ${0}, ${0})`.compile(
        db.sql,
      ),
    );
    this.#readNumbers();
  }

  /** Does several things at once, or none. */
  together<Result>(work: () => Result): Result {
    try {
      return this.#db.transaction(work);
    } catch (error) {
      // Numbers that were not stored after all may be given to others.
      this.#readNumbers();
      throw error;
    }
  }

  find(deviceId: string, step: number, at: number): HistoryRow | undefined {
    const device = this.#numbers.get(deviceId);
    if (device === undefined) return undefined;
    return this.#db.first(this.#find(step, at, device));
  }

  /** Inside `together` alone. */
  save(deviceId: string, { step, at, figures, top }: HistoryRow): void {
    const device = this.#numbers.get(deviceId) ?? this.#newNumber(deviceId);
    this.#db.run(this.#save(step, at, device, figures, top));
  }

  /** Rows that begin at `from`, `from + every`, … before `to`, the oldest first; at most `SLICE` are looked up. */
  read(deviceId: string, level: { step: number; every: number }, from: number, to: number): HistoryRow[] {
    const device = this.#numbers.get(deviceId);
    if (device === undefined) return [];
    const { step, every } = level;
    const end = Math.min(to, from + every * SLICE);
    const rows = sql<HistoryRow>`
      WITH RECURSIVE moments(at) AS (SELECT ${from} UNION ALL SELECT at + ${every} FROM moments WHERE at + ${every} < ${end})
      SELECT history.step, history.at, figures, top FROM moments CROSS JOIN history
      ON history.step = ${step} AND history.at = moments.at AND history.device = ${device}`;
    return this.#db.all(this.#query(rows));
  }

  /** What stood out in the step that begins at `at`. */
  topAt(deviceId: string, step: number, at: number): TopProcess[] {
    const row = this.find(deviceId, step, at);
    return (row && orGap(() => decodeTop(row.top))) ?? [];
  }

  /** From now on nothing is known of the device; its rows are deleted little by little. Inside `together` alone, too. */
  forget(deviceId: string): void {
    const rows = this.#db.sql.updateTable('historyDevices').set({ deviceId: null });
    this.#db.run(rows.where('deviceId', '=', deviceId));
    this.#numbers.delete(deviceId);
  }

  /** Deletes some of what began before `before`. True when there may be more. */
  expire(step: number, before: number): boolean {
    const old = sql`DELETE FROM history WHERE (step, at, device) IN (
      SELECT step, at, device FROM history WHERE step = ${step} AND at < ${before} LIMIT ${SWEEP})`;
    return this.#db.run(this.#query(old)) === SWEEP;
  }

  /** Numbers of devices that were removed, and whose rows are not all deleted. */
  forgotten(): number[] {
    const rows = this.#db.sql.selectFrom('historyDevices').select('number').where('deviceId', 'is', null);
    return this.#db.all(rows).map(({ number }) => number);
  }

  /** Deletes rows of a forgotten device behind one place in the table. Returns the next place, undefined when that was all. */
  sweep(device: number, behind: Place): Place | undefined {
    return this.#db.transaction(() => {
      let place: Place | undefined = behind;
      for (let looked = 0; place && looked < SLICE; looked++) {
        place = this.#placeBehind(place);
        if (!place) continue;
        const row = this.#db.sql.deleteFrom('history').where('step', '=', place.step).where('at', '=', place.at);
        this.#db.run(row.where('device', '=', device));
      }
      if (!place) this.#db.run(this.#db.sql.deleteFrom('historyDevices').where('number', '=', device));
      return place;
    });
  }

  #placeBehind({ step, at }: Place): Place | undefined {
    const next = sql<Place>`
      SELECT step, at FROM history WHERE (step, at) > (${step}, ${at}) ORDER BY step, at LIMIT 1`;
    return this.#db.first(this.#query(next));
  }

  #readNumbers(): void {
    const rows = this.#db.all(this.#db.sql.selectFrom('historyDevices').selectAll());
    this.#numbers.clear();
    for (const { number, deviceId } of rows) if (deviceId !== null) this.#numbers.set(deviceId, number);
  }

  #newNumber(deviceId: string): number {
    const row = this.#db.first(this.#db.sql.insertInto('historyDevices').values({ deviceId }).returning('number'));
    if (!row) throw new Error('a number was not given');
    this.#numbers.set(deviceId, row.number);
    return row.number;
  }

  #query<Row>(query: { compile(db: Database['sql']): ReturnType<Query<Row>['compile']> }): Query<Row> {
    return { compile: () => query.compile(this.#db.sql) };
  }
}

/** A query whose text was made once: making it costs more than running it, and these run for every device every few seconds. */
function written<Row>(query: CompiledQuery<Row>): (...values: unknown[]) => Query<Row> {
  return (...parameters) => ({ compile: () => ({ ...query, parameters }) });
}
