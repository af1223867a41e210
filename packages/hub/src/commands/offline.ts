import { Audit } from '../audit/audit.ts';
import { openDataFolder } from '../base/dataFolder.ts';
import { type Database, openDatabase } from '../base/db/database.ts';

export interface OfflineParts {
  dataDir: string;
  db: Database;
  audit: Audit;
}

/** Runs work on a data folder whether or not a hub uses it at the moment; a running hub notices what changed. */
export async function onDataFolder<Result>(
  path: string,
  work: (parts: OfflineParts) => Result | Promise<Result>,
): Promise<Result> {
  const dataDir = openDataFolder(path);
  const db = openDatabase(dataDir);
  try {
    return await work({ dataDir, db, audit: new Audit(db) });
  } finally {
    db.close();
  }
}
