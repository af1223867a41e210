import { randomBytes } from 'node:crypto';
import { ALL_ON, parseToken } from '@porthole/protocol';
import { Audit } from '../audit/audit.ts';
import { openDatabase } from '../base/db/database.ts';
import { DeviceStore } from '../devices/deviceStore.ts';
import { Tokens } from '../devices/tokens.ts';

/** Makes a device that the data folder knows from the next start of a hub on; it never connects. Returns its id. */
export function enrolDevice(dataDir: string, name = 'desk'): string {
  const db = openDatabase(dataDir);
  const audit = new Audit(db);
  const tokens = new Tokens({ db, audit, hubKey: 'k'.repeat(43) });
  const { token } = tokens.create({ ttlMs: 1e5, uses: 1, createdBy: 'test' });
  const { id } = new DeviceStore(db, audit).enrol({
    publicKey: randomBytes(32).toString('base64url'),
    secret: parseToken(token).secret,
    name,
    description: { hostname: 'desk', system: 'Linux', architecture: 'x64', version: '1' },
    toggles: ALL_ON,
  });
  db.close();
  return id;
}
