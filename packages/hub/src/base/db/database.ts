import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Logger } from 'pino';
import { Failure } from '../failure.ts';
import { Outage } from '../outage.ts';
import { makePrivateFile } from '../privateFile.ts';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';
import { asStorageError, StorageError } from './storageError.ts';

/** A query that Kysely can compile; `Row` is what it yields. */
export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** Statements kept prepared. Query texts are few, since values are always parameters. */
const MAX_STATEMENTS = 256;

/**
 * The hub's SQLite. Kysely writes the queries; they run synchronously, because SQLite runs in this thread anyway and a
 * transaction that cannot be interrupted needs no lock: keep every statement small. A write that returned is on the disk;
 * one that the machine did not allow (disk full, file gone) throws `StorageError`, and each such outage is logged once.
 */
export class Database {
  /** Builds queries; run them with `all`, `first` or `run`. */
  readonly sql: Kysely<Schema>;
  readonly #sqlite: DatabaseSync;
  readonly #log: Logger | undefined;
  readonly #outage = new Outage();
  readonly #statements = new Map<string, StatementSync>();
  #afterCommit: (() => void)[] = [];

  /** Owns the connection from here on. */
  constructor(sqlite: DatabaseSync, log?: Logger) {
    this.#sqlite = sqlite;
    this.#log = log;
    this.sql = new Kysely<Schema>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
  }

  /** All rows. They have a null prototype. */
  all<Row>(query: Query<Row>): Row[] {
    const { sql, parameters } = query.compile();
    return this.#guard(() => this.#prepare(sql).all(...parameters.map(toSqlite)) as Row[]);
  }

  first<Row>(query: Query<Row>): Row | undefined {
    const { sql, parameters } = query.compile();
    return this.#guard(() => this.#prepare(sql).get(...parameters.map(toSqlite)) as Row | undefined);
  }

  /** Runs a change and returns how many rows it touched. */
  run(query: Query<unknown>): number {
    const { sql, parameters } = query.compile();
    const changes = this.#guard(() => Number(this.#prepare(sql).run(...parameters.map(toSqlite)).changes));
    if (changes > 0 && !this.#sqlite.isTransaction) this.#wrote();
    return changes;
  }

  /** All or nothing, and nobody else writes meanwhile. Inside another transaction it becomes part of that. */
  transaction<Result>(work: () => Result): Result {
    if (this.#sqlite.isTransaction) return work();
    const result = this.#guard(() => this.#allOrNothing(work));
    for (const follow of this.#afterCommit.splice(0)) follow();
    return result;
  }

  /**
   * What memory has to follow: runs `work` once the present transaction is on the disk, and never if it fails. Outside of a
   * transaction at once.
   */
  afterCommit(work: () => void): void {
    if (this.#sqlite.isTransaction) this.#afterCommit.push(work);
    else work();
  }

  /** A number that changes whenever another connection, such as one of the command line, has written. */
  get dataVersion(): number {
    return this.#guard(() => Number(this.#prepare('PRAGMA data_version').get()?.data_version));
  }

  close(): void {
    this.#statements.clear();
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }

  #allOrNothing<Result>(work: () => Result): Result {
    this.#sqlite.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#sqlite.exec('COMMIT');
      this.#wrote();
      return result;
    } catch (error) {
      this.#afterCommit = [];
      // After some errors, such as a full disk, SQLite has done so itself.
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const known = asStorageError(error);
      if (known instanceof StorageError && this.#outage.failed(Date.now()))
        this.#log?.error({ reason: known.reason }, 'the database cannot be used; changes are refused until it can');
      throw known;
    }
  }

  #wrote(): void {
    if (this.#outage.worked(Date.now())) this.#log?.warn('the database can be used again');
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}

/** Opens, and makes if needed, the database in the data folder. Throws `Failure` when it cannot be used. */
export function openDatabase(dataDir: string, log?: Logger): Database {
  const path = join(dataDir, 'hub.sqlite');
  // SQLite gives its side files the mode of the main one.
  makePrivateFile(path);
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(sqlite);
    return new Database(sqlite, log);
  } catch (error) {
    sqlite?.close();
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    throw new Failure(`The database ${path} cannot be used: ${error.message}.`);
  }
}
