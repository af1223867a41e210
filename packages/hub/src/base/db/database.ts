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
import { Failure } from '../failure.ts';
import { makePrivateFile } from '../privateFile.ts';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';

/** A query that Kysely can compile; `Row` is what it yields. */
export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** Statements kept prepared. Query texts are few, since values are always parameters. */
const MAX_STATEMENTS = 256;

/**
 * The hub's SQLite. Kysely writes the queries; they run synchronously, because SQLite runs in this thread anyway and a
 * transaction that cannot be interrupted needs no lock: keep every statement small. A write that returned is on the disk.
 */
export class Database {
  /** Builds queries; run them with `all`, `first` or `run`. */
  readonly sql: Kysely<Schema>;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Owns the connection from here on. */
  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
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
    return this.#prepare(sql).all(...parameters.map(toSqlite)) as Row[];
  }

  first<Row>(query: Query<Row>): Row | undefined {
    const { sql, parameters } = query.compile();
    return this.#prepare(sql).get(...parameters.map(toSqlite)) as Row | undefined;
  }

  /** Runs a change and returns how many rows it touched. */
  run(query: Query<unknown>): number {
    const { sql, parameters } = query.compile();
    return Number(this.#prepare(sql).run(...parameters.map(toSqlite)).changes);
  }

  /** All or nothing, and nobody else writes meanwhile. Inside another transaction it becomes part of that. */
  transaction<Result>(work: () => Result): Result {
    if (this.#sqlite.isTransaction) return work();
    this.#sqlite.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  /** A number that changes whenever another connection, such as one of the command line, has written. */
  get dataVersion(): number {
    return Number(this.#prepare('PRAGMA data_version').get()?.data_version);
  }

  close(): void {
    this.#statements.clear();
    if (this.#sqlite.isOpen) this.#sqlite.close();
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
export function openDatabase(dataDir: string): Database {
  const path = join(dataDir, 'hub.sqlite');
  // SQLite gives its side files the mode of the main one.
  makePrivateFile(path);
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(sqlite);
    return new Database(sqlite);
  } catch (error) {
    sqlite?.close();
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    throw new Failure(`The database ${path} cannot be used: ${error.message}.`);
  }
}
