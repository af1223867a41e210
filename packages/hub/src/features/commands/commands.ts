import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Audit } from '../../audit/audit.ts';
import type { Database } from '../../base/db/database.ts';
import { StorageError } from '../../base/db/storageError.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { Users } from '../../users/users.ts';
import { expiredRuns } from './expiry.ts';
import { OutputReaders, type SessionEnds } from './outputReaders.ts';
import { OutputStore } from './outputStore.ts';
import { RunAudit } from './runAudit.ts';
import { registerRuns } from './runRoutes.ts';
import { RunStore } from './runStore.ts';
import { Runs } from './runs.ts';
import { SavedCommands } from './savedCommands.ts';
import { registerSavedCommands } from './savedRoutes.ts';

/** What of the hub the commands need. */
export interface CommandHub {
  db: Database;
  audit: Audit;
  users: Users;
  sessions: SessionEnds;
  log: Logger;
}

/** How often runs that are kept no longer are looked for, in ms. */
const SWEEP_MS = 60_000;

/** Everything of the hub that is about commands on many devices. Close it before the devices. */
export function openCommands(app: FastifyInstance, directory: DeviceDirectory, hub: CommandHub): { close(): void } {
  const { db, users, sessions, log } = hub;
  const store = new RunStore(db);
  const output = new OutputStore(db);
  const audit = new RunAudit(hub.audit);
  const runs = new Runs({ db, store, output, audit, users, directory });
  const readers = new OutputReaders(runs, sessions);
  registerRuns(app, runs, readers);
  registerSavedCommands(app, new SavedCommands({ db, audit: hub.audit, directory }));
  const sweeper = new Sweeper(store, output, log);
  return {
    close: () => {
      sweeper.close();
      readers.close();
      runs.close();
    },
  };
}

/** Deletes runs that are kept no longer, a little at a time. */
class Sweeper {
  readonly #store: RunStore;
  readonly #output: OutputStore;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #isBusy = false;
  #isClosed = false;

  constructor(store: RunStore, output: OutputStore, log: Logger) {
    this.#store = store;
    this.#output = output;
    this.#log = log;
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#isClosed = true;
  }

  async #sweep(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (const id of expiredRuns(this.#store.kept(), Date.now())) this.#store.remove(id);
      while (!this.#isClosed && this.#output.sweep()) await nextTurn();
    } catch (error) {
      // A full disk passes; the next round tries again.
      if (!(error instanceof StorageError)) this.#log.error({ err: error }, 'runs could not be swept');
    } finally {
      this.#isBusy = false;
    }
  }
}
