import type { Logger } from 'pino';
import { Audit } from './audit/audit.ts';
import { Sessions } from './auth/sessions.ts';
import type { Closing } from './base/closing.ts';
import { openDatabase } from './base/db/database.ts';
import { loadHubIdentity } from './base/identity.ts';
import { UpgradeGate } from './base/upgradeGate.ts';
import { DeviceStore } from './devices/deviceStore.ts';
import { Tokens } from './devices/tokens.ts';
import type { HubConfig, HubServices } from './services.ts';
import { Users } from './users/users.ts';

/** Opens what the parts of a hub share; `closing` ends all but the gate, which goes before the web server. Throws `Failure`. */
export function openServices(config: HubConfig, log: Logger, closing: Closing): HubServices {
  const identity = loadHubIdentity(config.dataDir);
  const db = closing.add(openDatabase(config.dataDir, log));
  const audit = new Audit(db);
  const sessions = closing.add(new Sessions(db, { log }));
  const gate = new UpgradeGate({ urls: config.urls, resolve: (cookie) => sessions.resolve(cookie), log });
  return {
    config,
    identity,
    db,
    store: new DeviceStore(db, audit),
    tokens: new Tokens({ db, audit, hubKey: identity.publicKey }),
    users: new Users(db, audit),
    sessions,
    audit,
    gate,
    log,
  };
}
