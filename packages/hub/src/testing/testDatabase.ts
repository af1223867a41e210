import { Audit } from '../audit/audit.ts';
import { type Database, openDatabase } from '../base/db/database.ts';
import { type Cleanup, temporaryFolder } from './temporaryFolder.ts';

/** A real database in a folder of its own, closed when the test ends. */
export function testDatabase(t: Cleanup): { db: Database; audit: Audit; dataDir: string } {
  const dataDir = temporaryFolder(t);
  const db = openDatabase(dataDir);
  t.after(() => db.close());
  return { db, audit: new Audit(db), dataDir };
}
