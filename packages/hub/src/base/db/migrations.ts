import type { DatabaseSync } from 'node:sqlite';
import { Failure } from '../failure.ts';
import { first } from './migrations/0001-first.ts';
import { screenSettings } from './migrations/0002-screen-settings.ts';
import { files } from './migrations/0003-files.ts';
import { terminalSettings } from './migrations/0004-terminal-settings.ts';
import { runs } from './migrations/0005-runs.ts';
import { health } from './migrations/0006-health.ts';
import { arrange } from './migrations/0007-arrange.ts';
import { underWay } from './migrations/0008-under-way.ts';

/** In order; a file is never changed once it was released. The position is the version. */
const MIGRATIONS: readonly string[] = [first, screenSettings, files, terminalSettings, runs, health, arrange, underWay];

/** Brings the database to the newest layout, each step whole or not at all. Throws `Failure` when a newer hub wrote it. */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (versionOf(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again inside: another process may have been first.
    const version = versionOf(database);
    if (version > migrations.length) throw new Failure('The data folder was written by a newer version of Porthole.');
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
