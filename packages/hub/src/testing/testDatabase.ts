import { Audit } from '../audit/audit.ts';
import type { Closing } from '../base/closing.ts';
import { type Database, openDatabase } from '../base/db/database.ts';
import { type Cleanup, closingAfter, temporaryFolder } from './temporaryFolder.ts';

export interface TestDatabase {
  db: Database;
  audit: Audit;
  dataDir: string;
  /** For what must be closed before the database. */
  closing: Closing;
}

/** A real database in a folder of its own, closed when the test ends. */
export function testDatabase(t: Cleanup): TestDatabase {
  const closing = closingAfter(t);
  const dataDir = temporaryFolder(t, closing);
  const db = closing.add(openDatabase(dataDir));
  return { db, audit: new Audit(db), dataDir, closing };
}
