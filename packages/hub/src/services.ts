import type { Logger } from 'pino';
import type { Audit } from './audit/audit.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Database } from './base/db/database.ts';
import type { HubIdentity } from './base/identity.ts';
import type { PublicUrls } from './base/publicUrls.ts';
import type { UpgradeGate } from './base/upgradeGate.ts';
import type { DeviceStore } from './devices/deviceStore.ts';
import type { Tokens } from './devices/tokens.ts';
import type { Users } from './users/users.ts';

/** How the hub was started. */
export interface HubConfig {
  readonly dataDir: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Under which URLs the hub answers; `urls.primary` is the one to tell people. */
  readonly urls: PublicUrls;
  /** Whether the owner gave the web certificate. */
  readonly ownCertificate: boolean;
}

/** What the parts of one hub share. The hub owns all of it and closes it. */
export interface HubServices {
  readonly config: HubConfig;
  readonly identity: HubIdentity;
  readonly db: Database;
  readonly store: DeviceStore;
  readonly tokens: Tokens;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly gate: UpgradeGate;
  readonly log: Logger;
}
