import { Audit } from '../audit/audit.ts';
import { openDatabase } from '../base/db/database.ts';

/** Writes settings and log rows without end, and says on stdout which number is stored: to be killed by a test. */
const [, , dataDir = ''] = process.argv;
const db = openDatabase(dataDir);
const audit = new Audit(db);
for (let index = 0; ; index += 1) {
  db.transaction(() => {
    audit.append({ actor: 'test', action: 'write', target: String(index) });
    db.run(db.sql.insertInto('settings').values({ name: String(index), value: 'x'.repeat(500) }));
  });
  process.stdout.write(`${index}\n`);
}
