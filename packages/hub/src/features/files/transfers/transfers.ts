import { randomBytes } from 'node:crypto';
import { type CreateTransfer, PortholeError, type Transfer } from '@porthole/protocol';
import type { Logger } from 'pino';
import { allows, type Subject } from '../../../base/access.ts';
import type { DeviceDirectory } from '../../../devices/directory.ts';
import type { Users } from '../../../users/users.ts';
import { verdictOn } from '../failures.ts';
import type { FileAccess } from '../fileAccess.ts';
import { type FileAudit, shortened } from '../fileAudit.ts';
import { type AskDevice, dropUpload } from './copyFile.ts';
import { nextTurn } from './nextTurn.ts';
import { shownTransfer, type TransferRow, type TransferRows, transferRow } from './transferRows.ts';
import { TransferRun } from './transferRun.ts';

/** After that long a copy that waits for a device tries again, in ms; sooner when the device connects. */
const RETRY_MS = 15_000;

export interface TransferServices {
  rows: TransferRows;
  access: FileAccess;
  audit: FileAudit;
  users: Users;
  directory: DeviceDirectory;
  log: Logger;
}

interface Job {
  row: TransferRow;
  run: TransferRun | undefined;
  /** It met a reason to wait, which may be there still: it has no turn before the next try of all. */
  isPutOff: boolean;
}

/**
 * All copies from device to device. They belong to a user, not to a page: they go on when the page is closed, wait for
 * devices that are away, take turns (see `nextTurn`), and survive a restart of the hub. Every step is done with the rights
 * that the user has then.
 */
export class Transfers {
  readonly #services: TransferServices;
  readonly #jobs = new Map<string, Job>();
  readonly #retry: NodeJS.Timeout;
  readonly #stop: () => void;
  #isClosed = false;

  constructor(services: TransferServices) {
    this.#services = services;
    for (const row of services.rows.all()) this.#jobs.set(row.id, { row, run: undefined, isPutOff: false });
    this.#retry = setInterval(() => this.#tryAll(), RETRY_MS);
    this.#retry.unref();
    this.#stop = services.directory.listen(({ type, id }) => {
      if (type === 'changed') this.#tryAll();
      if (type === 'removed') this.#removed(id);
    });
  }

  /** The user's own; all of them for an admin. The newest last. */
  list(subject: Subject): Transfer[] {
    return [...this.#jobs.values()].filter((job) => isOf(job, subject)).map(show);
  }

  /** Throws `not-found` when the user may not read there or not write here. */
  create(subject: Subject, wish: CreateTransfer): Transfer {
    const { rows, audit, directory } = this.#services;
    if (wish.from.device === wish.to.device)
      throw new PortholeError('request.invalid', 'That is one device: copy there.');
    directory.get(wish.from.device);
    directory.get(wish.to.device);
    const mayRead = allows(subject, wish.from.device, 'files.read');
    if (!mayRead || !allows(subject, wish.to.device, 'files.write')) throw new PortholeError('not-found');
    const { from, to, conflict } = wish;
    audit.change(subject, from.device, 'transfer', {
      ...shortened(from.paths),
      to: to.device,
      folder: to.folder,
      conflict,
    });
    const id = randomBytes(12).toString('base64url');
    const row = transferRow(id, wish, { id: subject.userId, name: subject.username });
    for (const gone of rows.add(row)) this.#forget(gone);
    const job: Job = { row, run: undefined, isPutOff: false };
    this.#jobs.set(id, job);
    this.#schedule();
    return show(job);
  }

  pause(subject: Subject, id: string): Transfer {
    const job = this.#get(subject, id);
    if (job.row.state === 'running') this.#settle(job, 'paused');
    return show(job);
  }

  /** Goes on with one that was paused, or failed for a reason that may be gone. */
  resume(subject: Subject, id: string): Transfer {
    const job = this.#get(subject, id);
    job.isPutOff = false;
    if (job.row.state === 'paused' || job.row.state === 'failed') this.#set(job, { state: 'running', error: null });
    this.#schedule();
    return show(job);
  }

  /** Ends one that is not over, and takes one that is off the list. */
  remove(subject: Subject, id: string): void {
    const job = this.#get(subject, id);
    if (job.row.state === 'running' || job.row.state === 'paused') {
      this.#settle(job, 'cancelled');
      void this.#takeBack(job.row);
    } else {
      this.#services.rows.remove(id);
      this.#forget(id);
    }
  }

  /** Breaks off what runs; it goes on when the hub is back. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#retry);
    this.#stop();
    for (const { row, run } of this.#jobs.values()) {
      if (run) this.#services.rows.update(row.id, { underWay: row.underWay });
      run?.close();
    }
  }

  #get(subject: Subject, id: string): Job {
    const job = this.#jobs.get(id);
    if (!job || !isOf(job, subject)) throw new PortholeError('not-found');
    return job;
  }

  #forget(id: string): void {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    if (job) void this.#takeBack(job.row);
  }

  /** What the target has of the file under way is nobody's then; a target that is away forgets it by itself. */
  async #takeBack(row: TransferRow): Promise<void> {
    if (row.underWay === null) return;
    try {
      await dropUpload({ row, ask: this.#asking(row) }, row.underWay);
      row.underWay = null;
      if (!this.#isClosed) this.#services.rows.update(row.id, { underWay: null });
    } catch (error) {
      this.#unforeseen(error);
    }
  }

  #tryAll(): void {
    for (const job of this.#jobs.values()) job.isPutOff = false;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isClosed) return;
    const jobs = [...this.#jobs.values()];
    const waiting = jobs.filter((job) => this.#isWaiting(job));
    const running = jobs.filter(({ run }) => run !== undefined);
    for (let job = nextTurn(waiting, running); job; job = nextTurn(waiting, running)) {
      waiting.splice(waiting.indexOf(job), 1);
      running.push(job);
      void this.#start(job);
    }
  }

  /** What waits for a device that never comes back has failed. */
  #removed(deviceId: string): void {
    for (const job of this.#jobs.values()) {
      const { fromDevice, toDevice, state } = job.row;
      if (state !== 'running' || (fromDevice !== deviceId && toDevice !== deviceId)) continue;
      this.#settle(job, 'failed');
      this.#set(job, { error: 'device.removed' });
    }
  }

  #isWaiting({ row, run, isPutOff }: Job): boolean {
    return row.state === 'running' && !run && !isPutOff && this.#isReachable(row);
  }

  #isReachable({ fromDevice, toDevice }: TransferRow): boolean {
    return [fromDevice, toDevice].every((id) => this.#services.directory.find(id)?.bulk !== undefined);
  }

  async #start(job: Job): Promise<void> {
    const { row } = job;
    const store = (news: Parameters<TransferRows['update']>[1]) => this.#services.rows.update(row.id, news);
    const run = new TransferRun({ row, ask: this.#asking(row), store });
    job.run = run;
    try {
      await run.run();
      if (job.run === run) this.#settle(job, 'done');
    } catch (error) {
      if (job.run === run) this.#failed(job, error);
    } finally {
      run.close();
      this.#schedule();
    }
  }

  #failed(job: Job, error: unknown): void {
    if (!(error instanceof PortholeError)) this.#unforeseen(error);
    const code = error instanceof PortholeError ? error.code : 'internal';
    if (this.#isClosed) return;
    if (verdictOn(code) === 'wait') {
      job.run = undefined;
      job.isPutOff = true;
      this.#set(job, { error: code, underWay: job.row.underWay });
    } else {
      this.#settle(job, 'failed');
      this.#set(job, { error: code });
    }
  }

  /** It stops running, for that reason. */
  #settle(job: Job, state: TransferRow['state']): void {
    const { run } = job;
    job.run = undefined;
    this.#set(job, { state, error: null, bytes: job.row.bytes, underWay: job.row.underWay });
    run?.close();
  }

  #set(job: Job, news: Parameters<TransferRows['update']>[1]): void {
    Object.assign(job.row, news);
    this.#services.rows.update(job.row.id, news);
  }

  /** With the rights that the user has at that moment. */
  #asking(row: TransferRow): AskDevice {
    return (side, operation, ask) => {
      const deviceId = side === 'from' ? row.fromDevice : row.toDevice;
      return this.#services.access.open(this.#subjectOf(row), deviceId, operation, ask);
    };
  }

  #subjectOf({ id, userId, username }: TransferRow): Subject {
    const user = this.#services.users.find(username);
    if (user?.id !== userId) throw new PortholeError('not-found');
    return { sessionId: `transfer ${id}`, userId, username, role: user.role };
  }

  #unforeseen(error: unknown): void {
    if (!(error instanceof PortholeError)) this.#services.log.error({ err: error }, 'a transfer failed');
  }
}

function isOf({ row }: Job, { userId, role }: Subject): boolean {
  return row.userId === userId || role === 'admin';
}

function show({ row, run }: Job): Transfer {
  return {
    ...shownTransfer(row),
    ...(run?.total && { totalBytes: run.total.bytes, totalEntries: run.total.entries }),
    ...(run?.current && { current: run.current.name }),
  };
}
