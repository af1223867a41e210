import { DEFAULT_RETENTION, retention as retentionForm, type StatsSample } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Audit } from '../../../audit/audit.ts';
import type { Database } from '../../../base/db/database.ts';
import type { DeviceDirectory } from '../../../devices/directory.ts';
import { HubSetting } from '../../../settings/hubSetting.ts';
import { registerHistory } from './historyRoutes.ts';
import { HistoryStore } from './historyStore.ts';
import { Recorder } from './recorder.ts';
import { SteadyClock } from './steadyClock.ts';
import { Sweeper } from './sweeper.ts';
import type { Arrival } from './weightOf.ts';

/** What of the hub the history needs. */
export interface HistoryHub {
  db: Database;
  audit: Audit;
  log: Logger;
}

/** Where samples go. */
export interface SampleSink {
  record(deviceId: string, sample: StatsSample, arrival: Arrival): void;
}

/** How often what came is written down, and how often what is kept no longer is looked for, in ms. */
const FLUSH_MS = 5_000;
const SWEEP_MS = 60_000;
/** For those who read it is written down out of turn, but not more often, in ms. */
const READ_MS = 1_000;

/** How the devices were. Close it after the feed that fills it, and before the database. */
export class HistoryKeeper implements SampleSink {
  readonly #recorder: Recorder;
  readonly #sweeper: Sweeper;
  readonly #timers: NodeJS.Timeout[];
  readonly #stop: () => void;
  #isClosed = false;

  constructor(app: FastifyInstance, directory: DeviceDirectory, { db, audit, log }: HistoryHub) {
    const store = new HistoryStore(db);
    const recorder = new Recorder(store);
    const sweeper = new Sweeper(store, log);
    const clock = new SteadyClock();
    const setting = { name: 'history', schema: retentionForm, fallback: DEFAULT_RETENTION };
    const retention = new HubSetting({ db, audit }, setting);
    const flush = () => recorder.flush();
    let readAt = Number.NEGATIVE_INFINITY;
    const flushToRead = () => {
      if (performance.now() - readAt < READ_MS) return;
      readAt = performance.now();
      recorder.flush();
    };
    const exists = (id: string) => directory.find(id) !== undefined;
    registerHistory(app, { store, retention, flush: flushToRead, exists });
    const sweep = () => {
      const now = Date.now();
      recorder.forgetOld(now);
      void sweeper.sweep(retention.value, clock.isSteady(now, performance.now()) ? now : undefined);
    };
    this.#recorder = recorder;
    this.#sweeper = sweeper;
    this.#timers = [setInterval(flush, FLUSH_MS), setInterval(sweep, SWEEP_MS)];
    for (const timer of this.#timers) timer.unref();
    this.#stop = directory.listen((event) => {
      if (event.type !== 'removed') return;
      recorder.forget(event.id);
      recorder.flush();
    });
  }

  record(deviceId: string, sample: StatsSample, arrival: Arrival): void {
    this.#recorder.record({ deviceId, now: Date.now(), sample, ...arrival });
  }

  /** The last write. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stop();
    this.#sweeper.close();
    for (const timer of this.#timers) clearInterval(timer);
    this.#recorder.flush();
  }
}
