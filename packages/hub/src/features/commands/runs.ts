import { randomBytes } from 'node:crypto';
import { FEATURES, PortholeError, type Run, type RunDevice, type RunPage, type RunWish } from '@porthole/protocol';
import { allows, type Subject } from '../../base/access.ts';
import type { Database } from '../../base/db/database.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { Users } from '../../users/users.ts';
import { ActiveRun, type RunHost } from './activeRun.ts';
import { encodeAsk } from './commandChannel.ts';
import type { Presence } from './nextSteps.ts';
import type { OutputOptions, OutputSource } from './outputLines.ts';
import type { OutputStore } from './outputStore.ts';
import { OutputWriter } from './outputWriter.ts';
import type { RunAudit } from './runAudit.ts';
import { newRun, type RunRow, shownRun, shownSummary } from './runRows.ts';
import { searchRuns, wordsOf } from './runSearch.ts';
import type { RunStore } from './runStore.ts';

/** Commands that run at once, of all runs together: each holds up to a megabyte. */
const MAX_RUNNING = 128;
/** Runs of one user that are not over. */
const MAX_PER_USER = 100;
/** How often rights are asked again, and what could not be done is tried again, in ms. */
const RETRY_MS = 5_000;

export interface RunsServices {
  db: Database;
  store: RunStore;
  output: OutputStore;
  audit: RunAudit;
  users: Users;
  directory: DeviceDirectory;
}

/**
 * All runs. They belong to a user, not to a page: they go on when the page is closed, wait for devices that are away, and
 * outlive a restart of the hub, except for what runs at that moment. Every command begins with the rights that the user
 * has then, and ends when they are lost.
 */
export class Runs {
  readonly #services: RunsServices;
  readonly #active = new Map<string, ActiveRun>();
  readonly #writer: OutputWriter;
  readonly #host: RunHost;
  readonly #retry: NodeJS.Timeout;
  readonly #stop: () => void;
  #isScheduled = false;
  #isClosed = false;

  constructor(services: RunsServices) {
    this.#services = services;
    this.#writer = new OutputWriter(services.output);
    this.#host = this.#hostOf(services);
    for (const row of services.store.unfinished()) {
      const { devices, lost } = afterRestart(services.store.devicesOf(row.id), Date.now());
      this.#activate(row, devices, lost);
    }
    this.#retry = setInterval(() => {
      this.checkRights();
      this.#schedule();
    }, RETRY_MS);
    this.#retry.unref();
    this.#stop = services.directory.listen(({ type, id }) => {
      if (type === 'stats') return;
      if ([...this.#active.values()].some((run) => run.waitsFor(id))) this.#schedule();
    });
    this.#schedule();
  }

  /** Throws `not-found` when the user may not run commands on one of the devices, `run.limit`, or `request.too-large`. */
  create(subject: Subject, wish: RunWish): Run {
    const { store, audit, directory } = this.#services;
    const ids = [...new Set(wish.devices)];
    const devices = ids.map((id): RunDevice => {
      if (!allows(subject, id, 'terminal')) throw new PortholeError('not-found');
      return { device: id, name: directory.get(id).name, state: 'queued', bytes: 0 };
    });
    encodeAsk({ what: wish.what, folder: wish.folder, timeoutMs: wish.timeoutSeconds * 1_000 });
    const own = [...this.#active.values()].filter(({ row }) => row.userId === subject.userId);
    if (own.length >= MAX_PER_USER) throw new PortholeError('run.limit');
    const { userId, username } = subject;
    const fresh = newRun(randomBytes(12).toString('base64url'), wish, { userId, username }, Date.now());
    const row = store.together(() => {
      audit.created(fresh, ids);
      return store.add(fresh, devices);
    });
    const run = this.#activate(row, devices);
    run.schedule();
    return this.#show(row);
  }

  /** The user's own; those of all for an admin. */
  list(subject: Subject, query: { search?: string | undefined; before?: string | undefined; limit: number }): RunPage {
    const { db, store, directory } = this.#services;
    if (!directory.ids.some((id) => allows(subject, id, 'terminal'))) return { runs: [] };
    const before = query.before === undefined ? undefined : Number(query.before);
    if (before !== undefined && !Number.isSafeInteger(before)) throw new PortholeError('request.invalid');
    const { limit } = query;
    const userId = subject.role === 'admin' ? undefined : subject.userId;
    const rows = searchRuns(db, { userId, words: wordsOf(query.search ?? ''), before, limit });
    const runs = rows.map((row) => this.#active.get(row.id)?.summary ?? shownSummary(row, store.countsOf(row)));
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { runs, ...(last && { next: String(last.seq) }) };
  }

  /** Throws `run.unknown`, as all below. */
  get(subject: Subject, id: string): Run {
    return this.#show(this.#rowOf(subject, id));
  }

  /** What commands begin with no more, and what runs is ended. One that is over stays as it is. */
  cancel(subject: Subject, id: string): Run {
    const row = this.#rowOf(subject, id);
    const run = this.#active.get(id);
    if (run) {
      this.#services.audit.changed(subject.username, 'run.cancel', id);
      run.cancel();
    }
    return this.#show(row);
  }

  /** Forgets a run with all its output; one that is not over is cancelled. */
  remove(subject: Subject, id: string): void {
    this.#rowOf(subject, id);
    const { store, audit } = this.#services;
    store.together(() => {
      audit.changed(subject.username, 'run.remove', id);
      store.remove(id);
    });
    this.#active.get(id)?.discard();
    this.#active.delete(id);
    this.#host.freed();
  }

  /** What the run writes, of one device or of all; `isReader`: the commands may wait for it. */
  source(subject: Subject, id: string, isReader: boolean): OutputSource & Pick<OutputOptions, 'devices'> {
    const row = this.#rowOf(subject, id);
    const { output, store } = this.#services;
    const run = this.#active.get(id);
    if (!run) {
      const devices = new Map(store.devicesOf(id).map((device) => [device.device, device]));
      return {
        summary: shownSummary(row, store.countsOf(row)),
        isOver: true,
        devices: [...devices.keys()],
        device: (device) => devices.get(device) ?? unknown(),
        next: (deviceId, offset) => output.next({ runId: id, deviceId }, offset),
        listen: () => () => undefined,
      };
    }
    return {
      get summary() {
        return run.summary;
      },
      get isOver() {
        return run.isOver;
      },
      devices: run.devices.map(({ device }) => device),
      device: (device) => run.device(device),
      next: (deviceId, offset) => this.#nextPiece(run, deviceId, offset, isReader),
      listen: (listener) => this.#listen(run, listener, isReader),
    };
  }

  /** Ends commands that whoever began them may no longer run. */
  checkRights(): void {
    for (const run of this.#active.values()) run.checkRights();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#retry);
    this.#stop();
    for (const run of this.#active.values()) run.close();
    this.#writer.close();
  }

  #hostOf({ store, audit, directory }: RunsServices): RunHost {
    return {
      store,
      writer: this.#writer,
      presence: (id) => presenceOf(directory, id),
      link: (id) => directory.find(id)?.link(FEATURES.commands.link),
      mayRun: (row, id) => this.#mayRun(row, id),
      room: () => MAX_RUNNING - [...this.#active.values()].reduce((sum, { running }) => sum + running, 0),
      logStart: (row, id) => audit.started(row, id),
      freed: () => this.#schedule(),
      ended: ({ row }) => this.#active.delete(row.id),
    };
  }

  #activate(row: RunRow, devices: readonly RunDevice[], unsaved: readonly string[] = []): ActiveRun {
    const run = new ActiveRun(row, devices, this.#host, unsaved);
    this.#active.set(row.id, run);
    return run;
  }

  /** Once in a turn, however much happened in it. */
  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#isClosed) return;
      for (const run of [...this.#active.values()]) run.schedule();
    });
  }

  #show(row: RunRow): Run {
    const run = this.#active.get(row.id);
    if (run) return { ...run.summary, devices: run.devices };
    const fresh = this.#services.store.get(row.id) ?? row;
    return shownRun(fresh, this.#services.store.devicesOf(row.id));
  }

  /** Its own for everybody, each for an admin; and nobody sees what came from a device without the right to ask it for more. */
  #rowOf(subject: Subject, id: string): RunRow {
    const row = this.#services.store.get(id);
    const isOwn = row?.userId === subject.userId || subject.role === 'admin';
    if (!row || !isOwn) unknown();
    const devices = this.#active.get(id)?.devices ?? this.#services.store.devicesOf(id);
    if (!devices.every(({ device }) => allows(subject, device, 'terminal'))) unknown();
    return row;
  }

  #mayRun({ userId, username }: RunRow, device: string): boolean {
    const user = this.#services.users.find(username);
    if (user?.id !== userId) return false;
    return allows({ sessionId: '', userId, username, role: user.role }, device, 'terminal');
  }

  #listen(run: ActiveRun, listener: (device: string) => void, isReader: boolean): () => void {
    const unlisten = run.listen(listener);
    const detach = isReader ? run.attachReader() : undefined;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      unlisten();
      detach?.();
    };
  }

  #nextPiece(run: ActiveRun, deviceId: string, offset: number, isReader: boolean) {
    const command = run.command(deviceId);
    if (isReader) command?.readUpTo(offset);
    const held = command?.record.next(offset);
    if (held?.offset === offset) return held;
    const stored = this.#services.output.next({ runId: run.row.id, deviceId }, offset);
    return stored && (!held || stored.offset < held.offset) ? stored : held;
  }
}

/** What ran when the hub stopped ended with it: the device saw the connection go. `lost` names those. */
function afterRestart(stored: RunDevice[], endedAt: number): { devices: RunDevice[]; lost: string[] } {
  const lost = stored.filter(({ state }) => state === 'running').map(({ device }) => device);
  const interrupted = { state: 'failed', error: 'run.interrupted', endedAt } as const;
  return {
    lost,
    devices: stored.map((device) => (lost.includes(device.device) ? { ...device, ...interrupted } : device)),
  };
}

function presenceOf(directory: DeviceDirectory, id: string): Presence {
  const device = directory.find(id);
  if (!device) return 'removed';
  if (device.link(FEATURES.commands.link)) return 'ready';
  return device.online ? 'connecting' : 'offline';
}

function unknown(): never {
  throw new PortholeError('run.unknown');
}
