import { PortholeError } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Audit } from '../../audit/audit.ts';
import type { Database } from '../../base/db/database.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { ChannelHooks } from '../../portals/channelHooks.ts';
import type { Users } from '../../users/users.ts';
import { registerArchives } from './archives/archiveRoutes.ts';
import { PreparedArchives } from './archives/preparedArchives.ts';
import { registerBrowsing } from './browseRoutes.ts';
import { registerChanges } from './changeRoutes.ts';
import { registerContent } from './contentRoutes.ts';
import { registerConverting } from './convertRoutes.ts';
import { FileAccess, type SessionEnds } from './fileAccess.ts';
import { FileAudit } from './fileAudit.ts';
import type { LiveLink } from './pacing/pace.ts';
import { Paces } from './pacing/paces.ts';
import { registerTransfers } from './transfers/transferRoutes.ts';
import { TransferRows } from './transfers/transferRows.ts';
import { Transfers } from './transfers/transfers.ts';
import { registerUploads } from './uploads/uploadRoutes.ts';
import { UploadRows } from './uploads/uploadRows.ts';
import { Uploads } from './uploads/uploads.ts';

/** What of the hub the files need. */
export interface FileHub {
  db: Database;
  audit: Audit;
  users: Users;
  sessions: SessionEnds;
  log: Logger;
  /** The connection on which a session looks at something live now. */
  liveLink: (sessionId: string) => LiveLink | undefined;
}

/** Of all operations only this one is a channel of the portal's own; every other is a request to the hub. */
export const fileHooks: ChannelHooks = {
  logged: () => undefined,
  opening({ params }) {
    if (params.operation !== 'watch') throw new PortholeError('feature.unsupported');
  },
  closed: () => undefined,
};

/** Everything of the hub that is about files. Close it before the devices. */
export function openFiles(app: FastifyInstance, directory: DeviceDirectory, hub: FileHub): { close(): void } {
  const { db, users, log } = hub;
  const access = new FileAccess(directory, hub.sessions);
  const audit = new FileAudit(hub.audit);
  const services = { access, audit, paces: new Paces(hub.liveLink) };
  const transfers = new Transfers({ ...services, rows: new TransferRows(db), users, directory, log });
  const archives = new PreparedArchives();
  registerBrowsing(app, services);
  registerChanges(app, services);
  registerContent(app, services);
  registerArchives(app, services, archives);
  registerConverting(app, services);
  registerUploads(app, new Uploads({ ...services, rows: new UploadRows(db) }));
  registerTransfers(app, transfers);
  return {
    close: () => {
      transfers.close();
      archives.close();
      access.close();
    },
  };
}
