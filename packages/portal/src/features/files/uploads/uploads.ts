import { PortholeError } from '@porthole/protocol';
import { sentenceOf } from '../../../base/api.ts';
import { Store } from '../../../base/store.ts';
import type { Conflict } from '../filesApi.ts';
import type { PickedFile } from '../pickedFiles.ts';
import { RateMeter } from './rateMeter.ts';
import type { SendEvents, Sending } from './sendFile.ts';
import {
  isGoing,
  isOver,
  isResumable,
  isSameFile,
  isSmall,
  type Upload,
  type UploadRecord,
  waitAfter,
} from './upload.ts';

/** What the list needs of the world; real in `uploadsOf`. */
export interface UploadsOptions {
  send(upload: Upload, file: File, options: { events: SendEvents; sha256: string | undefined }): Sending;
  /** Whether it may work the next time. */
  mayPass(error: PortholeError): boolean;
  hash(file: File, signal: AbortSignal): Promise<string>;
  /** Removes at the hub what was begun. */
  discard(url: string): Promise<void>;
  /** What was under way when the page went away. */
  kept: readonly UploadRecord[];
  keep(uploads: Iterable<Upload>): void;
}

/** What is there to show: changes at most a few times a second, however many files there are. */
export interface UploadsView {
  uploads: readonly Upload[];
  /** Bytes of all that are not over, and what was sent of them. */
  total: number;
  sent: number;
  /** Bytes in a second. */
  rate: number;
}

/** Files under way at once that have a request of their own: that leaves connections for everything else. */
const AT_ONCE = 4;
/** Small ones, which share requests. */
const SMALL_AT_ONCE = 512;
const VIEW_MS = 150;
const KEEP_MS = 700;
/** Finished ones that stay in the list. */
const MAX_OVER = 200;

/**
 * Every file that this page uploads, or was uploading before it was reloaded. A file whose way breaks is tried again until
 * it is paused or cancelled; where the name is taken a person decides.
 */
export class Uploads {
  readonly view = new Store<UploadsView>({ uploads: [], total: 0, sent: 0, rate: 0 });
  readonly #options: UploadsOptions;
  readonly #uploads = new Map<string, Upload>();
  readonly #sending = new Map<string, { isSmall: boolean; stop(): void }>();
  /** What was answered for all files of a batch. */
  readonly #answers = new Map<string, Conflict>();
  readonly #meter = new RateMeter();
  #viewTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #wakeTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
    for (const record of options.kept) this.#uploads.set(record.id, revive(record));
    this.#changed();
  }

  add({ deviceId, folder, files }: { deviceId: string; folder: string; files: readonly PickedFile[] }): void {
    const batch = crypto.randomUUID();
    for (const { path, file } of files) {
      if (this.#goOn(deviceId, folder, path, file)) continue;
      const id = crypto.randomUUID();
      const { size, lastModified: modified } = file;
      const begun = {
        id,
        deviceId,
        folder,
        path,
        size,
        modified,
        conflict: 'fail',
        url: undefined,
        sent: 0,
        error: undefined,
      } as const;
      this.#uploads.set(id, { ...revive(begun), phase: 'waiting', file, batch });
    }
    this.#changed();
    this.#start();
  }

  /** Files chosen again after a reload: each goes on where it stopped. Returns how many were the right ones. */
  giveAgain(files: readonly File[]): number {
    let matched = 0;
    for (const upload of this.#uploads.values()) {
      const file = upload.phase === 'needsFile' ? files.find((each) => isSameFile(upload, each)) : undefined;
      if (!file) continue;
      matched += 1;
      Object.assign(upload, { file, phase: 'waiting', error: undefined });
    }
    this.#changed();
    this.#start();
    return matched;
  }

  pause(id: string): void {
    const upload = this.#uploads.get(id);
    if (!upload || !isGoing(upload)) return;
    this.#stop(id);
    this.#set(upload, 'paused');
    this.#start();
  }

  /** Goes on with what is paused or failed. */
  resume(id: string): void {
    const upload = this.#uploads.get(id);
    if (!upload || !isResumable(upload)) return;
    this.#ready(upload);
    this.#changed();
    this.#start();
  }

  /** Nothing of it is left behind. */
  cancel(id: string): void {
    const upload = this.#uploads.get(id);
    if (!upload) return;
    this.#drop(upload);
    this.#changed();
    this.#start();
  }

  /** What waits for a person's answer goes on waiting for it. */
  pauseAll(): void {
    for (const upload of this.#uploads.values()) {
      if (!isGoing(upload)) continue;
      this.#stop(upload.id);
      upload.phase = 'paused';
    }
    this.#changed();
  }

  /** Goes on with all that is paused or failed. */
  resumeAll(): void {
    for (const upload of this.#uploads.values()) if (isResumable(upload)) this.#ready(upload);
    this.#changed();
    this.#start();
  }

  /** All that are not over; those that are stay in the list. */
  cancelAll(): void {
    for (const upload of this.#uploads.values()) if (!isOver(upload)) this.#drop(upload);
    this.#changed();
  }

  /** What to do where the name is taken; `forAll` for the others that came with it as well. */
  answer(id: string, conflict: Exclude<Conflict, 'fail'>, forAll: boolean): void {
    const asked = this.#uploads.get(id);
    if (!asked) return;
    if (forAll) this.#answers.set(asked.batch, conflict);
    const same = forAll ? [...this.#uploads.values()].filter(({ batch }) => batch === asked.batch) : [asked];
    for (const upload of same) if (upload.phase === 'conflict') this.#decide(upload, conflict);
    this.#changed();
    this.#start();
  }

  clearFinished(): void {
    for (const [id, upload] of this.#uploads) if (isOver(upload)) this.#uploads.delete(id);
    this.#changed();
  }

  /** Stops everything; what has arrived stays on the devices. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { stop } of this.#sending.values()) stop();
    this.#sending.clear();
    for (const timer of [this.#viewTimer, this.#keepTimer, this.#wakeTimer]) clearTimeout(timer);
    this.#options.keep(this.#uploads.values());
  }

  /** The same file dropped again on the same folder goes on instead of beginning anew. */
  #goOn(deviceId: string, folder: string, path: string, file: File): boolean {
    for (const upload of this.#uploads.values()) {
      const isIt = upload.phase === 'needsFile' && upload.deviceId === deviceId && upload.folder === folder;
      if (!isIt || upload.path !== path || !isSameFile(upload, file)) continue;
      Object.assign(upload, { file, phase: 'waiting', error: undefined });
      return true;
    }
    return false;
  }

  #start(): void {
    if (this.#closed) return;
    const now = Date.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const upload of this.#uploads.values()) {
      if (upload.phase !== 'waiting' || !upload.file) continue;
      if (upload.notBefore > now) soonest = Math.min(soonest, upload.notBefore);
      else if (this.#hasRoom(upload)) void this.#send(upload, upload.file);
      else return;
    }
    clearTimeout(this.#wakeTimer);
    if (Number.isFinite(soonest)) this.#wakeTimer = setTimeout(() => this.#start(), soonest - now);
  }

  #hasRoom(upload: Upload): boolean {
    const small = isSmall(upload);
    let count = 0;
    for (const sending of this.#sending.values()) if (sending.isSmall === small) count += 1;
    return count < (small ? SMALL_AT_ONCE : AT_ONCE);
  }

  async #send(upload: Upload, file: File): Promise<void> {
    const abort = new AbortController();
    const mine = { isSmall: isSmall(upload), stop: () => abort.abort() };
    this.#sending.set(upload.id, mine);
    this.#set(upload, 'running');
    try {
      const phase = await this.#transmit(upload, file, abort.signal);
      if (this.#sending.get(upload.id) !== mine) return;
      Object.assign(upload, { sent: upload.size, error: undefined });
      this.#set(upload, phase);
    } catch (error) {
      if (this.#sending.get(upload.id) !== mine) return;
      this.#failed(upload, error);
    }
    this.#sending.delete(upload.id);
    this.#start();
  }

  async #transmit(upload: Upload, file: File, signal: AbortSignal): Promise<'done' | 'skipped'> {
    const sha256 = upload.conflict === 'same' ? await this.#options.hash(file, signal) : undefined;
    signal.throwIfAborted();
    const events: SendEvents = {
      url: (url) => {
        upload.url = url;
        this.#changed();
      },
      sent: (bytes) => {
        Object.assign(upload, { sent: bytes, attempts: 0 });
        this.#changed();
      },
    };
    const sending = this.#options.send(upload, file, { events, sha256 });
    signal.addEventListener('abort', () => sending.stop(), { once: true });
    return await sending.finished;
  }

  #failed(upload: Upload, error: unknown): void {
    const reason = error instanceof PortholeError ? error : undefined;
    upload.error = sentenceOf(error);
    if (reason?.code === 'file.exists' && upload.conflict === 'fail') {
      const answer = this.#answers.get(upload.batch);
      upload.url = undefined;
      if (answer) this.#decide(upload, answer);
      else this.#set(upload, 'conflict');
      return;
    }
    if (reason?.code === 'upload.unknown' || reason?.code === 'upload.wrong-hash') {
      // Nothing of it is there any more: once more from the start.
      Object.assign(upload, { url: undefined, sent: 0 });
      if (upload.attempts === 0) return this.#again(upload);
    }
    if (reason && this.#options.mayPass(reason)) this.#again(upload);
    else this.#set(upload, 'failed');
  }

  #again(upload: Upload): void {
    upload.notBefore = Date.now() + waitAfter(upload.attempts);
    upload.attempts += 1;
    this.#set(upload, 'waiting');
  }

  #decide(upload: Upload, conflict: Conflict): void {
    Object.assign(upload, { conflict, error: undefined, sent: 0, attempts: 0, notBefore: 0 });
    this.#set(upload, conflict === 'skip' ? 'skipped' : 'waiting');
  }

  #ready(upload: Upload): void {
    Object.assign(upload, { phase: 'waiting', attempts: 0, notBefore: 0, error: undefined });
  }

  #drop(upload: Upload): void {
    this.#stop(upload.id);
    this.#uploads.delete(upload.id);
    // What cannot be removed now, the device removes by itself after a day.
    if (upload.url !== undefined && !isOver(upload)) this.#options.discard(upload.url).catch(() => undefined);
  }

  #stop(id: string): void {
    const sending = this.#sending.get(id);
    this.#sending.delete(id);
    sending?.stop();
  }

  #set(upload: Upload, phase: Upload['phase']): void {
    upload.phase = phase;
    this.#changed();
  }

  #changed(): void {
    if (this.#closed) return;
    this.#viewTimer ??= setTimeout(() => this.#show(), VIEW_MS);
    this.#keepTimer ??= setTimeout(() => {
      this.#keepTimer = undefined;
      this.#options.keep(this.#uploads.values());
    }, KEEP_MS);
  }

  #show(): void {
    this.#viewTimer = undefined;
    this.#forgetOld();
    const uploads = [...this.#uploads.values()].map((upload) => ({ ...upload }));
    const open = uploads.filter((upload) => !isOver(upload));
    const total = open.reduce((sum, { size }) => sum + size, 0);
    const sent = open.reduce((sum, upload) => sum + upload.sent, 0);
    const everSent = uploads.reduce((sum, upload) => sum + upload.sent, 0);
    if (this.#sending.size === 0) this.#meter.reset();
    else this.#meter.tell(everSent, performance.now());
    this.view.set({ uploads, total, sent, rate: this.#meter.rate });
  }

  #forgetOld(): void {
    const over = [...this.#uploads.values()].filter(isOver);
    for (const { id } of over.slice(0, Math.max(0, over.length - MAX_OVER))) this.#uploads.delete(id);
  }
}

function revive(record: UploadRecord): Upload {
  return {
    ...record,
    phase: 'needsFile',
    file: undefined,
    batch: record.id,
    attempts: 0,
    notBefore: 0,
  };
}
